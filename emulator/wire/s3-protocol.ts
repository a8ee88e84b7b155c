// S3's REST-XML: the bucket in the host or the path, the operation in method and query.

import type { WireProtocol } from './protocol.ts';
import { parseS3Request } from './s3-request.ts';
import { renderS3Error, renderS3Output } from './s3-response.ts';

export const S3_PROTOCOL: WireProtocol = {
  service: 's3',
  unsigned: { code: 'AccessDenied', message: 'Access Denied', status: 403 },
  unknownKey: {
    code: 'InvalidAccessKeyId',
    message: 'The AWS Access Key Id you provided does not exist in our records.',
    status: 403,
  },
  wrongScope: {
    code: 'AuthorizationHeaderMalformed',
    message: 'The authorization header is malformed; it is for another service or Region.',
    status: 400,
  },
  parseRequest: parseS3Request,
  renderAnswer(operation, { requestId, output }) {
    const response = renderS3Output(operation, output);
    return { ...response, headers: { ...response.headers, 'x-amz-request-id': requestId } };
  },
  // The answer to HEAD has no body, so that a client knows no more than the status.
  renderError: (error, { method }) => ({
    status: error.status,
    headers: { 'content-type': 'application/xml' },
    body: method === 'HEAD' ? Buffer.alloc(0) : renderS3Error(error),
  }),
};
