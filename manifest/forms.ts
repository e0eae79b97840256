/** A name that is fully qualified, in lower case, without anything before or behind it (RFC 1123 section 2.1). */
export const HOST = /^(?=.{4,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])$/;

/** Three numbers without leading zeros (Semantic Versioning 2.0.0, section 2): more than these Teams does not compare. */
export const VERSION = /^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})$/;

/** An id as Entra shows it; the one of zeros alone is nobody's. */
export const GUID = /^(?!0{8}-(?:0{4}-){3}0{12}$)[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
