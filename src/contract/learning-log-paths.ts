/** The learning log's paths, apart from the schemas, as in `paths.ts`. */
export const LOG_PATH = '/v1/learning-log';
export const LOG_PLACE_PATH = '/v1/learning-log/place';
export const LOG_DIGEST_PATH = '/v1/learning-log/digest';
export const LOG_COLLEAGUES_PATH = '/v1/learning-log/colleagues';
export const LOG_EXPORT_PATH = '/v1/learning-log/export';
export const LOG_EVALUATION_PATH = '/v1/learning-log/evaluation';
export const LOG_NEWS_PATH = '/v1/learning-log/news';
export const LOG_ENTRIES_PATH = '/v1/learning-log/entries';
export const LOG_INTENTIONS_PATH = '/v1/learning-log/intentions';

export const entryPath = (entry: string) => `${LOG_ENTRIES_PATH}/${encodeURIComponent(entry)}`;
export const versionsPath = (entry: string) => `${entryPath(entry)}/versions`;
export const endorsementPath = (entry: string) => `${entryPath(entry)}/endorsement`;
export const tryPath = (entry: string) => `${entryPath(entry)}/intention`;
export const postsPath = (entry: string) => `${entryPath(entry)}/posts`;
export const postPath = (entry: string, post: string) => `${postsPath(entry)}/${encodeURIComponent(post)}`;
export const helpsPath = (entry: string) => `${entryPath(entry)}/helps`;
export const helpPath = (entry: string, help: string) => `${helpsPath(entry)}/${encodeURIComponent(help)}`;
export const intentionPath = (intention: string) => `${LOG_INTENTIONS_PATH}/${encodeURIComponent(intention)}`;
