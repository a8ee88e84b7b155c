// An emulated bucket as its owner has it: not over HTTP, and in no modelled time.

import type { Account } from '../../../emulator/account.ts';

export interface OpenBucket {
  put(key: string, body: string): Promise<void>;
  read(key: string): Promise<string>;
  /** The first 1,000 keys under the prefix. */
  listKeys(prefix: string): Promise<string[]>;
}

export function openBucket({ world }: Account, bucketName: string): OpenBucket {
  const call = async (operation: string, input: object): Promise<object> => {
    const { output } = await world.gateway.callWithRequestId(
      { service: 's3', operation, input: { Bucket: bucketName, ...input }, caller: { kind: 'root' } },
      { takesModelledTime: false },
    );
    if (typeof output !== 'object' || output === null) throw new Error(`${operation} gave no output`);
    return output;
  };
  return {
    async put(key, body) {
      await call('PutObject', { Key: key, Body: Buffer.from(body) });
    },
    async read(key) {
      return String(Reflect.get(await call('GetObject', { Key: key }), 'Body'));
    },
    async listKeys(prefix) {
      const contents: unknown = Reflect.get(await call('ListObjectsV2', { Prefix: prefix }), 'Contents');
      if (!Array.isArray(contents)) throw new Error(`no listing of ${prefix}`);
      return contents.map(({ Key }) => String(Key));
    },
  };
}
