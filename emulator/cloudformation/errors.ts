// What can be wrong with a stack.

/** Thrown when CloudFormation itself would refuse the template. */
export class TemplateError extends Error {
  override name = 'TemplateError';
}

/** Thrown when resources wait for one another in a circle; the message names them. */
export class CircularDependencyError extends Error {
  override name = 'CircularDependencyError';

  constructor(logicalIds: readonly string[]) {
    super(`Circular dependency between resources: [${logicalIds.join(', ')}]`);
  }
}

/** Thrown when a service refuses a resource; the message names the resource, `cause` is what the service said. */
export class ProvisioningError extends Error {
  override name = 'ProvisioningError';
}

/** Thrown when a folder is not a cloud assembly, or has no such stack. */
export class AssemblyError extends Error {
  override name = 'AssemblyError';
}
