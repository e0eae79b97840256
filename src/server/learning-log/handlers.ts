import type { Handlers } from '../http/handlers.ts';
import type { Services } from '../services.ts';
import { changeEntry, deleteEntry, entryVersions, readEntry, writeEntry } from './entries.ts';
import { evaluationOf } from './evaluation.ts';
import { answerIntention, intentionsOf, tryEntry } from './intentions.ts';
import { logFor } from './log.ts';
import { newsFor } from './news.ts';
import { deleteLog, exportLog } from './own.ts';
import { colleaguesNamed, logPlaceOf, readDigest } from './place.ts';
import { actOnHelp, askHelp, deletePost, endorseEntry, writePost } from './threads.ts';

type LogHandlers = Omit<Handlers, 'openRounds' | 'takePaper' | 'castBallot' | 'teamReports' | 'ballotKeys'>;

/** What answers the routes of the learning log. */
export function learningLogHandlers(services: Services): LogHandlers {
  return {
    learningLog: ({ identity, query }) => logFor(services, identity, query),
    logPlace: ({ identity }) => logPlaceOf(services, identity),
    readDigest: ({ identity, body }) => readDigest(services, identity, body.until),
    colleagues: ({ identity, query }) => colleaguesNamed(services, identity, query.name),
    logNews: ({ identity, signal }) => newsFor(services, identity, signal),
    exportLog: ({ identity }) => exportLog(services, identity),
    deleteLog: ({ identity }) => deleteLog(services, identity),
    writeEntry: ({ identity, body }) => writeEntry(services, identity, body),
    readEntry: ({ identity, params }) => readEntry(services, identity, params.entry),
    changeEntry: ({ identity, params, body, version }) => changeEntry(services, identity, params.entry, version, body),
    deleteEntry: ({ identity, params }) => deleteEntry(services, identity, params.entry),
    entryVersions: ({ identity, params }) => entryVersions(services, identity, params.entry),
    endorseEntry: ({ identity, params, body }) => endorseEntry(services, identity, params.entry, body.word),
    writePost: ({ identity, params, body }) => writePost(services, identity, params.entry, body),
    deletePost: ({ identity, params }) => deletePost(services, identity, params),
    askHelp: ({ identity, params, body }) => askHelp(services, identity, params.entry, body),
    actOnHelp: ({ identity, params, body }) => actOnHelp(services, identity, params, body.act),
    intentions: ({ identity }) => intentionsOf(services, identity),
    tryEntry: ({ identity, params }) => tryEntry(services, identity, params.entry),
    answerIntention: ({ identity, params, body }) => answerIntention(services, identity, params.intention, body),
    logEvaluation: ({ identity, query }) => evaluationOf(services, identity, query.team),
  };
}
