// S3's REST-XML: the bucket in the host or the path, the operation in method and query.

import { computeS3RequestIds } from '../s3/request-id.ts';
import { S3Error } from '../s3/s3-error.ts';
import type { HttpResponse } from './http-message.ts';
import { assertNotExpired } from './presigned-url.ts';
import type { WireProtocol } from './protocol.ts';
import { parseLocation, parseS3Request } from './s3-request.ts';
import { renderS3Output } from './s3-response.ts';
import { malformedXml, renderXmlError } from './s3-xml.ts';

const EMPTY = Buffer.alloc(0);
/** `<` */
const XML_START = 0x3c;

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
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html */
  redirect(request, endpoint, accountRegion) {
    const { bucket } = parseLocation(request, endpoint);
    if (bucket === '') return undefined;
    return new S3Error(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      {
        status: 301,
        details: { Endpoint: `${bucket}.s3.${accountRegion}.amazonaws.com`, Bucket: bucket, Region: accountRegion },
        headers: { 'x-amz-bucket-region': accountRegion },
      },
    );
  },
  assertInTime: assertNotExpired,
  parseRequest: parseS3Request,
  renderAnswer(operation, { requestId, output }) {
    const { status, headers, body } = renderS3Output(operation, output);
    return { status, headers: Object.assign(renderIds(requestId), headers), body };
  },
  /** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
  renderError(given, { method, body }, requestId): HttpResponse {
    // The gateway's word for input of the wrong shape; S3 speaks of the document, if there was one.
    const isOfXml = given.code === 'ValidationException' && body[0] === XML_START;
    const error = isOfXml ? malformedXml(given) : given;
    const { details = {}, headers = {} } = error instanceof S3Error ? error : {};
    const code = error.code === 'ValidationException' ? 'InvalidArgument' : error.code;
    const ids = computeS3RequestIds(requestId);
    // The answer to HEAD has no body, so that a client knows no more than the status.
    const hasBody = method !== 'HEAD' && error.status !== 304;
    return {
      status: error.status,
      headers: { ...(hasBody && { 'content-type': 'application/xml' }), ...headers, ...renderIds(requestId) },
      body: hasBody
        ? renderXmlError({
            Code: code,
            Message: error.message,
            ...details,
            RequestId: ids.requestId,
            HostId: ids.hostId,
          })
        : EMPTY,
    };
  },
};

function renderIds(requestId: string): Record<string, string> {
  const ids = computeS3RequestIds(requestId);
  return { 'x-amz-request-id': ids.requestId, 'x-amz-id-2': ids.hostId };
}
