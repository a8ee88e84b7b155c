// How S3 names a request: a short id, and a long one for its own people.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/get-request-ids.html

export interface S3RequestIds {
  readonly requestId: string;
  readonly hostId: string;
}

/** Of base64. */
const HOST_ID_CHARACTERS = 76;

/** `requestId` is the gateway's UUID. */
export function computeS3RequestIds(requestId: string): S3RequestIds {
  return {
    requestId: requestId.replaceAll('-', '').slice(0, 16).toUpperCase(),
    hostId: `${requestId}${requestId}`.replaceAll('-', '+').padEnd(HOST_ID_CHARACTERS, 'A'),
  };
}
