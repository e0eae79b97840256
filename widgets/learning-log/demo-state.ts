import type { Language } from '../../src/domain/language.ts';
import type { DemoState } from '../../src/ui/demo.ts';
import type { DemoServer, DemoWorld, Ending, Part } from './demo-server.ts';
import type { Draft } from './draft.ts';
import type { KringLearningLog } from './learning-log.ts';

export interface Demo extends DemoState {
  /** How requests end, by part of the server; those that are not named work. */
  readonly endings?: Partial<Record<Part, Ending>>;
  /** What the server begins with, where it is not the usual. */
  readonly world?: (usual: DemoWorld, language: Language) => DemoWorld;
  readonly view?: 'compact' | 'full';
  /** What was written here before, and not saved. */
  readonly draft?: (language: Language) => Partial<Draft>;
  /** What the person did next. */
  readonly act?: (element: KringLearningLog, language: Language, server: DemoServer) => Promise<unknown>;
}
