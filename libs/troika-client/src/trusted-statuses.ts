/**
 * HTTP statuses by which a server says that it has not done what it was asked: without a valid envelope they are
 * evidence that nothing was executed (RFC 9110, RFC 6585). Not among them: 303, which answers a request that *was*
 * executed; 403, 408 and 409, which a filter or an application may answer after the execution; 5xx.
 */
export const NOT_EXECUTED_STATUSES: ReadonlySet<number> = new Set([
  // The request must be made at another address. 9110, 15.4.1 to 15.4.9.
  300, 301, 302, 307, 308,
  // "has not been applied because it lacks valid authentication credentials". 9110, 15.5.2.
  401,
  // Nothing is found at the address, or it takes no POST. 9110, 15.5.5 and 15.5.6.
  404, 405,
  // A proxy in between did not pass it on. 9110, 15.5.8.
  407,
  // The form of the request was refused before its content was read. 9110, 15.5.12, 15.5.14 to 15.5.16; 6585, 5.
  411, 413, 414, 415, 431,
  // Turned away because there were too many. 6585, 4.
  429,
]);
