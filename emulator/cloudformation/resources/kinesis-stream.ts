// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html

import { z } from 'zod';
import type { KinesisService } from '../../kinesis/create-kinesis-service.ts';
import { RECORD_KIB, RETENTION_HOURS } from '../../kinesis/stream.ts';
import { integerProperty, onlyValue, tagsProperty, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createStreamType(kinesis: KinesisService): ResourceType {
  return defineResourceType({
    name: 'AWS::Kinesis::Stream',
    properties: z.strictObject({
      Name: z.string().optional(),
      ShardCount: integerProperty.pipe(z.number().min(1)),
      StreamModeDetails: z.strictObject({ StreamMode: onlyValue('PROVISIONED') }).optional(),
      RetentionPeriodHours: integerProperty
        .pipe(z.number().min(RETENTION_HOURS.min).max(RETENTION_HOURS.max))
        .optional(),
      MaxRecordSizeInKiB: integerProperty.pipe(z.number().min(RECORD_KIB.min).max(RECORD_KIB.max)).optional(),
      StreamEncryption: withoutEffect('encryption at rest takes no time that is measured'),
      Tags: tagsProperty,
    }),
    provision({ Name, ShardCount, RetentionPeriodHours, MaxRecordSizeInKiB }, context) {
      const name = Name ?? context.createName({ lengthMax: 128 });
      const { streamArn } = kinesis.createStream({
        name,
        shardCount: ShardCount,
        ...(RetentionPeriodHours !== undefined && { retentionHours: RetentionPeriodHours }),
        ...(MaxRecordSizeInKiB !== undefined && { recordKibMax: MaxRecordSizeInKiB }),
      });
      return { reference: name, attributes: { Arn: streamArn } };
    },
    delete: ({ reference }) => kinesis.deleteStream(reference),
  });
}
