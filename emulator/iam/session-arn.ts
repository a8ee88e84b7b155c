/** As `sts:GetCallerIdentity` shows it: the role's path is left out. */
export function computeSessionArn(caller: { readonly roleArn: string; readonly sessionName: string }): string {
  const [, , , , accountId, resource = ''] = caller.roleArn.split(':');
  return `arn:aws:sts::${accountId}:assumed-role/${resource.split('/').at(-1)}/${caller.sessionName}`;
}
