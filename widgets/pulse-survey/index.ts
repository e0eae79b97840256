import { pageHost } from '../../src/host/page.ts';
import { provideHost } from '../../src/host/port.ts';
import { define } from '../../src/ui/define.ts';
import { KringPulseSurvey } from './pulse-survey.ts';

provideHost(pageHost);
define('kring-pulse-survey', KringPulseSurvey);

export { KringPulseSurvey };
