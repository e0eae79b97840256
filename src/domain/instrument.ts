import type { Language, Localized } from './language.ts';

/** What is asked: data, so that an organisation can bring its own. The run-time check is `contract/instruments.ts`. */
export interface Instrument {
  /** Lower-case words joined by hyphens; with `version` the identity of the instrument. */
  readonly key: string;
  readonly version: number;
  readonly title: Localized;
  /** One sentence under the title. */
  readonly summary: Localized;
  /** Where the items come from and what they are not (ours: not a validated scale). */
  readonly source: Localized;
  readonly scale: Scale;
  /** In the order in which they are asked and shown. */
  readonly constructs: readonly Construct[];
  readonly items: readonly Item[];
  /** An optional open question at the end. */
  readonly openQuestion?: OpenQuestion;
}

/** An agreement scale of 2 to 11 points; answers are whole numbers from 1 to the number of labels. */
export interface Scale {
  /** The label of each point, lowest first. */
  readonly labels: Localized<readonly string[]>;
}

/** A theme: one or more items whose answers are read together. */
export interface Construct {
  readonly key: string;
  readonly title: Localized;
  /** About one named person (the team's leader): released from eight ballots on, and to that person alone. */
  readonly about?: 'leader';
  /** Test-retest reliability, when the instrument knows its own; otherwise 0.70. */
  readonly retest?: number;
  /** What a team could do next when this theme asks for it: one concrete act. */
  readonly nextStep: Localized;
  /** What somebody who answered can do alone: one concrete act, offered afterwards, whatever the answer was. */
  readonly forYou?: Localized;
}

export interface Item {
  readonly key: string;
  readonly construct: string;
  readonly text: Localized;
  /** Agreeing with a reversed item is unfavourable: its value is turned round before anything is added up. */
  readonly reversed?: boolean;
}

export interface OpenQuestion {
  readonly text: Localized;
}

/** An instrument in one language, as a form needs it. */
export interface InstrumentText {
  readonly key: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  readonly labels: readonly string[];
  readonly constructs: readonly {
    readonly key: string;
    readonly title: string;
    readonly about?: 'leader';
    readonly nextStep: string;
    readonly forYou?: string;
  }[];
  readonly items: readonly { readonly key: string; readonly construct: string; readonly text: string }[];
  readonly openQuestion?: string;
}

/** The number of points on the instrument's scale. */
export function points(instrument: Instrument): number {
  return instrument.scale.labels.en.length;
}

export function itemsOf(instrument: Instrument, construct: string): readonly Item[] {
  return instrument.items.filter((item) => item.construct === construct);
}

export function inLanguage(instrument: Instrument, language: Language): InstrumentText {
  return {
    key: instrument.key,
    version: instrument.version,
    title: instrument.title[language],
    summary: instrument.summary[language],
    source: instrument.source[language],
    labels: instrument.scale.labels[language],
    constructs: instrument.constructs.map((construct) => ({
      key: construct.key,
      title: construct.title[language],
      nextStep: construct.nextStep[language],
      ...(construct.about ? { about: construct.about } : {}),
      ...(construct.forYou ? { forYou: construct.forYou[language] } : {}),
    })),
    items: instrument.items.map((item) => ({ key: item.key, construct: item.construct, text: item.text[language] })),
    ...(instrument.openQuestion ? { openQuestion: instrument.openQuestion.text[language] } : {}),
  };
}
