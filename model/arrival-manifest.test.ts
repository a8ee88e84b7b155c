import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ArrivalManifest, decodeManifest, encodeManifest, MANIFEST_CHARACTERS_MAX } from './arrival-manifest.ts';

const RECEIVED_AT_MS = 1_800_000_000_000;

const deliveries = (isAcceptedKnown: boolean) =>
  fc.array(
    fc.record({
      sequence: fc.nat(9_999_999),
      ...(isAcceptedKnown && {
        acceptedAtMs: fc.integer({ min: RECEIVED_AT_MS - 4_000_000, max: RECEIVED_AT_MS + 5_000 }),
      }),
    }),
    { minLength: 1, maxLength: 60 },
  );

const manifests: fc.Arbitrary<ArrivalManifest> = fc
  .tuple(fc.boolean(), fc.nat(20_000), fc.boolean().chain(deliveries))
  .map(([coldStart, initMs, list]) => ({ coldStart, initMs: coldStart ? initMs : 0, deliveries: list }));

const firstMessages = (messages: number, spacingMs?: number): ArrivalManifest => ({
  coldStart: false,
  initMs: 0,
  deliveries: Array.from({ length: messages }, (_, sequence) => ({
    sequence,
    ...(spacingMs !== undefined && { acceptedAtMs: RECEIVED_AT_MS - (messages - sequence) * spacingMs }),
  })),
});

describe('a manifest', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(manifests, (manifest) => {
        const text = encodeManifest(manifest, RECEIVED_AT_MS);

        expect(text && decodeManifest(text, manifest.deliveries.length, RECEIVED_AT_MS)).toEqual(manifest);
      }),
    );
  });

  test('has only characters that a key may have without any encoding', () => {
    fc.assert(
      fc.property(manifests, (manifest) => {
        expect(encodeManifest(manifest, RECEIVED_AT_MS)).toMatch(/^[A-Za-z0-9_-]+$/);
      }),
    );
  });

  test.each([
    ['one message, with its instant', 4, firstMessages(1, 20)],
    ['a hundred in a row, without instants', 135, firstMessages(100)],
    ['a hundred in a row, 200 ms apart', 403, firstMessages(100, 200)],
  ])('of %s has %i characters', (_what, characters, manifest) => {
    expect(encodeManifest(manifest, RECEIVED_AT_MS)).toHaveLength(characters);
  });

  test('is left out when it would be too long for a name', () => {
    const text = encodeManifest(firstMessages(598), RECEIVED_AT_MS);

    expect(text?.length).toBeLessThanOrEqual(MANIFEST_CHARACTERS_MAX);
    expect(encodeManifest(firstMessages(600), RECEIVED_AT_MS)).toBeUndefined();
  });

  test.each([
    ['fewer messages than the name says', 4],
    ['more messages than the name says', 2],
  ])('of %s is none', (_what, messages) => {
    const text = encodeManifest(firstMessages(3, 7), RECEIVED_AT_MS) ?? '';

    expect(decodeManifest(text, messages, RECEIVED_AT_MS)).toBeUndefined();
  });
});
