// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html

import { z } from 'zod';
import type { EventbridgeService } from '../../eventbridge/create-eventbridge-service.ts';
import { tagsProperty } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createEventBusType(eventbridge: EventbridgeService): ResourceType {
  return defineResourceType({
    name: 'AWS::Events::EventBus',
    properties: z.strictObject({ Name: z.string(), Description: z.string().max(512).optional(), Tags: tagsProperty }),
    provision({ Name, Description }) {
      const { busArn } = eventbridge.createBus(Name, Description);
      return { reference: Name, attributes: { Arn: busArn, Name } };
    },
    delete: ({ reference }) => eventbridge.deleteBus(reference),
  });
}
