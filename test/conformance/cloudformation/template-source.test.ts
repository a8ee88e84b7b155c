// Rule: a template comes in the request with 51,200 bytes at most, or from S3 with 1 MiB at most.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html

import { ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { createTestStacks, QUEUE } from '../../../emulator/cloudformation/create-test-stacks.fixture.ts';

const BODY_BYTES_MAX = 51_200;
const OBJECT_BYTES_MAX = 1_048_576;

/** As long as that. */
function renderTemplate(bytes: number): string {
  const render = (Description: string) => JSON.stringify({ Metadata: { Description }, Resources: { First: QUEUE } });
  return render('x'.repeat(bytes - render('').length));
}

function createValidation() {
  const { client, config, run } = createTestStacks();
  const s3 = new S3Client(config);
  return {
    validateBody: (TemplateBody: string) => run(client.send(new ValidateTemplateCommand({ TemplateBody }))),
    async validateObject(Body: string) {
      await run(s3.send(new CreateBucketCommand({ Bucket: 'templates' })));
      await run(s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 't.json', Body })));
      const TemplateURL = 'https://s3.us-east-1.amazonaws.com/templates/t.json';
      return run(client.send(new ValidateTemplateCommand({ TemplateURL })));
    },
  };
}

describe('a template', () => {
  test('in the request may have 51,200 bytes, and no more', async () => {
    const { validateBody } = createValidation();

    expect(await validateBody(renderTemplate(BODY_BYTES_MAX))).toMatchObject({ Parameters: [] });
    await expect(validateBody(renderTemplate(BODY_BYTES_MAX + 1))).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test.each([
    ['may have 1 MiB', OBJECT_BYTES_MAX, true],
    ['may not have a byte more', OBJECT_BYTES_MAX + 1, false],
  ])('in S3 %s', async (_claim, bytes, isTaken) => {
    const validated = createValidation().validateObject(renderTemplate(bytes));

    if (isTaken) expect(await validated).toMatchObject({ Parameters: [] });
    else await expect(validated).rejects.toMatchObject({ name: 'ValidationError' });
  });
});
