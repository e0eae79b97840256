import type { Localized } from '../../domain/language.ts';

interface Part {
  readonly title: string;
  readonly text: readonly string[];
}

interface OpenTexts {
  readonly language: string;
  readonly terms: readonly Part[];
  readonly support: { readonly lead: string; readonly several: string; readonly nobody: string; readonly questions: readonly Part[] };
}

/**
 * Only what holds for every organisation that runs Leerkring itself. What one promises its people besides, it says in its
 * own place.
 */
export const OPEN_TEXTS: Localized<OpenTexts> = {
  nl: {
    language: 'Nederlands',
    terms: [
      {
        title: 'Wie dit aanbiedt',
        text: [
          'Je organisatie biedt Leerkring zelf aan, op een eigen server. De regels die op je werk gelden voor het gebruik van computers en voor omgang met elkaar, gelden ook hier.',
          'Meedoen aan een ronde is vrijwillig. Wie niet meedoet, hoeft dat niet uit te leggen.',
        ],
      },
      {
        title: 'Wat je schrijft',
        text: [
          'Wat je in je leerlogboek schrijft is van jou: je kiest wie het leest, je kunt het meenemen en weggooien.',
          'Schrijf over wat er gebeurde, en niet over iemand die zich niet kan verweren. Zet geen gegevens van klanten, patiënten of leerlingen in een notitie of opmerking.',
        ],
      },
      {
        title: 'De software',
        text: [
          'Leerkring is open source onder de MIT-licentie. Die licentie geeft geen garantie: de software komt zoals ze is.',
          'Wat er met antwoorden gebeurt, en waartegen ze wel en niet beschermd zijn, staat op de pagina over privacy.',
        ],
      },
    ],
    support: {
      lead: 'Je organisatie beheert Leerkring zelf. Met een vraag kun je hier terecht:',
      several: 'Deze server is voor meer dan één organisatie. Vraag het aan wie Leerkring bij jou heeft ingevoerd. Sta je nog niet in de teamlijst, dan zegt Leerkring na het aanmelden bij wie je terecht kunt.',
      nobody: 'de beheerder van Leerkring in je organisatie',
      questions: [
        {
          title: 'Je staat niet in de teamlijst',
          text: ['Leerkring kent je aan het account waarmee je in Teams bent aangemeld. Vraag aan wie in je organisatie over Leerkring gaat of dat account in de teamlijst staat.'],
        },
        {
          title: 'Je kunt je niet aanmelden',
          text: ['Geef door wat er op het scherm staat, ook de code. Vertel niet wat je wilde antwoorden: daar is hulp nooit voor nodig.'],
        },
        {
          title: 'Je antwoord is nog niet verstuurd',
          text: ['Laat de pagina even open staan. Lukt versturen niet, dan bewaart je browser het antwoord en probeert die het vanzelf opnieuw, tot de ronde sluit.'],
        },
      ],
    },
  },
  en: {
    language: 'English',
    terms: [
      {
        title: 'Who offers this',
        text: [
          'Your organisation offers Leerkring itself, on a server of its own. The rules at your work on the use of computers and on how people treat each other hold here too.',
          'Taking part in a round is voluntary. Whoever does not take part need not explain.',
        ],
      },
      {
        title: 'What you write',
        text: [
          'What you write in your learning log is yours: you choose who reads it, and you can take it along and throw it away.',
          'Write about what happened, and not about somebody who can’t answer. Put no data of customers, patients or pupils into an entry or a comment.',
        ],
      },
      {
        title: 'The software',
        text: [
          'Leerkring is open source under the MIT licence. That licence gives no warranty: the software comes as it is.',
          'What happens to answers, and what they are and are not protected against, is on the page about privacy.',
        ],
      },
    ],
    support: {
      lead: 'Your organisation runs Leerkring itself. This is whom to ask:',
      several: 'This server is for more than one organisation. Ask whoever introduced Leerkring in yours. If you are not in the roster yet, Leerkring says whom to ask when you have signed in.',
      nobody: 'the administrator of Leerkring in your organisation',
      questions: [
        {
          title: 'You are not in the roster',
          text: ['Leerkring knows you by the account that you are signed in with in Teams. Ask whoever looks after Leerkring in your organisation whether that account is in the roster.'],
        },
        {
          title: 'You can’t sign in',
          text: ['Tell what is on the screen, the code as well. Do not tell what you wanted to answer: nobody needs that to help you.'],
        },
        {
          title: 'Your answer has not been sent yet',
          text: ['Leave the page open for a moment. When sending fails, your browser keeps the answer and tries again by itself, until the round closes.'],
        },
      ],
    },
  },
};
