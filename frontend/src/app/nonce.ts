/** The nonce of this page's style elements; the server puts it in <meta name="csp-nonce">. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}
