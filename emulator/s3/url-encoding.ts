// How S3 writes keys in listings that ask for it, in events and in locations.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html

/** As a form does (a space is `+`), but for slashes, which stay. */
export function encodeFormKey(key: string): string {
  return encodeKey(key).replaceAll('%20', '+');
}

export function encodeKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
