/** An object of the cluster, as events refer to it. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** Something an object asks for that the mesh does not do, or cannot do. */
export interface Problem {
  readonly object: ObjectRef;
  /** One sentence that begins with the field's path, e.g. "spec.http[0].fault: ...". */
  readonly message: string;
}

/** Notes one problem of the object at hand: the field's path and what is the matter. */
export type Report = (path: string, message: string) => void;
