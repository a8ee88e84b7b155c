// Ids that S3 knows the account by.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html

import { createHash } from 'node:crypto';

/** The canonical user id of an account: 64 hexadecimal digits. Made up from the account's. */
export function computeOwner(accountId: string): { readonly ID: string } {
  return { ID: createHash('sha256').update(`canonical-user/${accountId}`).digest('hex') };
}

/** How event notifications name the bucket's owner. */
export function computeOwnerPrincipalId(accountId: string): string {
  return `A${computeOwner(accountId).ID.slice(0, 13).toUpperCase()}`;
}
