// The package ships without types. Its README describes what is declared here.

declare module 'asl-validator' {
  function aslValidator(definition: unknown): {
    readonly isValid: boolean;
    errorsText(separator?: string): string;
  };
  export = aslValidator;
}
