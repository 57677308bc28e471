import { program } from "./program.ts";

// Pulumi traces every promise and maps each trace back to sources, which takes more time than all else this program does. Our files run as
// they are written: there is nothing to map.
Reflect.deleteProperty(Error, "prepareStackTrace");

const outputs = await program();

/** By service: where it is, what runs, and how the last rollout was judged. */
export const services = outputs.services;

/** Of a stack on AWS: where images are pushed, and as whom; where orders are sent. */
export const cloud = outputs.cloud;
