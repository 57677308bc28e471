/** Days after which an image without a tag goes: what a build pushed and another one replaced. */
const UNTAGGED_DAYS = 7;

/** ECR's rules for what goes, as JSON. Untagged images go by age, of all others the oldest. */
export function keepNewest(images: number): string {
  const expire = { type: "expire" };
  const untagged = { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: UNTAGGED_DAYS };
  const tooMany = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: images };
  return JSON.stringify({
    rules: [
      { rulePriority: 1, description: `untagged for ${UNTAGGED_DAYS} days`, selection: untagged, action: expire },
      // ECR wants the rule for any tag behind all others.
      { rulePriority: 2, description: `older than the newest ${images}`, selection: tooMany, action: expire },
    ],
  });
}
