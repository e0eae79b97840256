// The first import: it is on its way to the server before the rest is run.
import { asked } from './ahead.ts';
import { linkingPageHost } from '../../src/host/page.ts';
import { provideHost } from '../../src/host/port.ts';
import { define } from '../../src/ui/define.ts';
import { KringLearningLog } from './learning-log.ts';

provideHost(linkingPageHost);
void define('kring-learning-log', KringLearningLog, asked);

export { KringLearningLog };
