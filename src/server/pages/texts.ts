import type { Localized } from '../../domain/language.ts';

/** What the pages of the Teams app say, besides what the elements on them say. */
export interface TeamsTexts {
  readonly titles: Readonly<Record<'today' | 'learning-log' | 'team' | 'settings' | 'remove', string>>;
  readonly waits: string;
  readonly shareTitle: string;
  readonly stage: string;
  readonly stageWhy: string;
  readonly stageFailed: string;
  readonly share: string;
  readonly shareWhy: string;
  /** Where a link asks for a round that is not there. */
  readonly otherRound: string;
  /** What a link to a team's figures is called. */
  readonly figuresTitle: string;
  readonly settings: {
    readonly lead: string;
    readonly what: string;
    readonly team: string;
    readonly teamWhy: string;
    readonly otherTeam: string;
    readonly preview: string;
    readonly previewWhy: string;
    readonly data: string;
    readonly offline: string;
    readonly refused: string;
    readonly again: string;
  };
  readonly remove: readonly string[];
  readonly notices: Readonly<
    Record<'outside' | 'silent' | 'unanswered' | 'unreachable' | 'consent' | 'window' | 'cancelled' | 'blocked' | 'refused', { readonly title: string; readonly text: string; readonly act: string }>
  >;
  readonly signIn: { readonly title: string; readonly text: string; readonly stuck: string; readonly toLeerkring: string };
  readonly stranger: string;
  readonly outsideApp: string;
  readonly outsideHere: string;
  readonly signInHere: string;
  readonly signInFailed: Readonly<Record<'ended' | 'cancelled' | 'storage' | 'unreachable' | 'other', string>>;
  readonly signOut: string;
  readonly outsideElse: string;
  readonly outsideNone: string;
  readonly outsideOnly: string;
  readonly told: string;
  readonly noScript: string;
  readonly privacy: string;
  readonly terms: string;
  readonly support: string;
  readonly about: string;
}

export const TEAMS_TEXTS: Localized<TeamsTexts> = {
  nl: {
    titles: { today: 'Vandaag', 'learning-log': 'Mijn leerlogboek', team: 'Mijn team', settings: 'Leerkring in dit tabblad', remove: 'Dit tabblad weghalen' },
    waits: 'Dit wacht op je',
    shareTitle: 'Een notitie in het leerlogboek',
    stage: 'Laat zien aan iedereen in de vergadering',
    stageWhy: 'Op het grote scherm staan alleen cijfers van gesloten rondes. Iedereen ziet daar wat die persoon zelf mag zien.',
    stageFailed: 'Dat lukte niet. Alleen wie presenteert, kan iets op het grote scherm zetten.',
    share: 'Deel een link naar deze ronde',
    shareWhy: 'Wie de link opent, ziet wat die persoon zelf mag zien, en anders dat dit team niet te zien is.',
    otherRound: 'De ronde van deze link heeft hier geen cijfers, of nog niet. Dit zijn de nieuwste.',
    figuresTitle: 'Cijfers van een team',
    settings: {
      lead: 'Met Leerkring ziet een team of het leert. Iedereen antwoordt in een halve minuut, en niemand kan zien wie wat antwoordde. Wat je hier kiest, staat straks in dit tabblad voor iedereen die er bij kan; ieder ziet wat die persoon zelf mag zien.',
      what: 'Wat komt er in het tabblad?',
      team: 'Van welk team?',
      teamWhy: 'De teams uit de teamlijst waarvan jij cijfers mag zien.',
      otherTeam: 'Een team dat jij niet mag zien',
      preview: 'Zo ziet het eruit',
      previewWhy: 'Zo ziet het er nu voor jou uit. Heb je niets in te vullen, dan lees je dat hier. Invullen kan straks, in het tabblad zelf.',
      data: 'Opslaan bewaart alleen in Teams welk onderdeel en welk team je koos. Je kunt dat later veranderen of het tabblad weghalen: aan antwoorden en cijfers verandert dan niets.',
      offline: 'De Leerkring-server is niet bereikbaar. Zodra dat weer kan, staan hier je teams.',
      refused: 'Er is nu geen team om te kiezen.',
      again: 'Probeer het opnieuw',
    },
    remove: [
      'Als je dit tabblad weghaalt, verdwijnt alleen het tabblad.',
      'Wat je team heeft geantwoord blijft geldig en even geheim. De cijfers blijven te zien in Leerkring zelf. Zet je het tabblad later terug, dan staat alles er weer.',
      'Antwoorden staan nooit in Teams. Hoe lang Leerkring iets bewaart, lees je bij privacy.',
    ],
    notices: {
      outside: { title: 'Deze pagina hoort in Teams', text: 'In Microsoft Teams ben je meteen aangemeld en zie je wat er voor je is.', act: 'Open in Teams' },
      silent: { title: 'Teams antwoordt niet', text: 'Soms duurt het wat langer. Als Teams binnen een minuut antwoordt, gaat deze pagina vanzelf verder.', act: 'Probeer het opnieuw' },
      unanswered: { title: 'Er kwam geen antwoord van Teams', text: 'Deze pagina gaat niet meer vanzelf verder. Zie je haar binnen een andere pagina, bijvoorbeeld op je intranet? Daar werkt ze niet.', act: 'Probeer het opnieuw' },
      unreachable: { title: 'Leerkring is niet bereikbaar', text: 'Zodra dat weer kan, gaat dit tabblad vanzelf verder.', act: 'Probeer het opnieuw' },
      consent: { title: 'Nog één stap om je aan te melden', text: 'Teams vraagt of Leerkring mag weten wie je bent, of vraagt om een tweede controle. Er gaat een venster open; daarna kom je hier terug.', act: 'Meld je aan' },
      window: { title: 'Microsoft wil dit zelf aan je vragen', text: 'Teams kon je aanmelding niet afmaken. Er gaat een venster van Microsoft open, waarin je je aanmeldt; daarna kom je hier terug. Lukt het niet, geef dan de code hieronder door aan wie Teams beheert.', act: 'Open het venster' },
      cancelled: { title: 'Je bent nog niet aangemeld', text: 'Het venster ging dicht voordat je klaar was. Er is niets verstuurd.', act: 'Meld je aan' },
      blocked: { title: 'Het venster kon niet open', text: 'Je browser hield het tegen. Sta pop-ups van Teams toe en probeer het opnieuw.', act: 'Probeer het opnieuw' },
      refused: { title: 'Teams kan je niet aanmelden bij Leerkring', text: 'Dat ligt niet aan jou. Geef de code hieronder door aan wie Teams beheert, of probeer het later opnieuw.', act: 'Probeer het opnieuw' },
    },
    signIn: {
      title: 'Je wordt aangemeld',
      text: 'Dit venster hoort bij Leerkring en gaat vanzelf verder of dicht.',
      stuck: 'Dat gebeurde niet. Ben je in Teams, sluit dan dit venster en probeer het daar opnieuw. In je browser begin je opnieuw bij Leerkring zelf.',
      toLeerkring: 'Naar Leerkring',
    },
    stranger: 'Je staat nog niet in de teamlijst',
    outsideApp: 'Open Microsoft Teams en kies daar de app Leerkring.',
    outsideHere: 'Liever hier, in je browser? Meld je dan aan met je werkaccount.',
    signInHere: 'Meld je aan met Microsoft',
    signInFailed: {
      ended: 'Je aanmelding is verlopen. Meld je opnieuw aan; wat je schreef, staat nog in deze browser.',
      cancelled: 'Je bent niet aangemeld, omdat Microsoft daar geen toestemming voor kreeg.',
      storage: 'Aanmelden kan hier niet, omdat je browser niets mag bewaren. Sta dat toe voor deze site, of gebruik Teams.',
      unreachable: 'Microsoft was niet bereikbaar. Probeer het zo opnieuw. Gebeurt het vaker, geef dan deze code door aan wie Teams beheert:',
      other: 'Aanmelden lukte niet. Probeer het opnieuw, of geef deze code door aan wie Teams beheert:',
    },
    signOut: 'Meld je af',
    outsideElse: 'Leerkring werkt in je browser ook op je intranet, met de aanmelding die je daar al hebt:',
    outsideNone: 'Los in de browser kun je je bij Leerkring niet aanmelden: dat kan alleen in Teams en op een intranet.',
    outsideOnly: 'Los in de browser kun je je bij Leerkring niet aanmelden: dat kan alleen in Teams.',
    told: 'Code:',
    noScript: 'Deze pagina werkt alleen met JavaScript. Zet dat aan in je browser.',
    privacy: 'Privacy',
    terms: 'Voorwaarden',
    support: 'Hulp',
    about: 'Over Leerkring',
  },
  en: {
    titles: { today: 'Today', 'learning-log': 'My learning log', team: 'My team', settings: 'Leerkring in this tab', remove: 'Remove this tab' },
    waits: 'Waiting for you',
    shareTitle: 'An entry in the learning log',
    stage: 'Show it to everybody in the meeting',
    stageWhy: 'On the stage there are only figures of rounds that are closed. Everybody sees there what they may see themselves.',
    stageFailed: 'That did not work. Only whoever is presenting can put something on the stage.',
    share: 'Share a link to this round',
    shareWhy: 'Whoever opens the link sees what they may see themselves, or else that this team is not theirs to see.',
    otherRound: 'The round of this link has no figures here, or not yet. These are the newest.',
    figuresTitle: 'Figures of a team',
    settings: {
      lead: 'With Leerkring a team sees whether it is learning. Everybody answers in half a minute, and nobody can see who answered what. What you choose here is in this tab for everybody who can open it; each sees what they may see themselves.',
      what: 'What goes into the tab?',
      team: 'Of which team?',
      teamWhy: 'The teams of the roster whose figures you may see.',
      otherTeam: 'A team that you may not see',
      preview: 'This is how it looks',
      previewWhy: 'This is what you see now; if you have nothing to answer, it says so. Answering comes later, in the tab itself.',
      data: 'Saving keeps only, in Teams, which part and which team you chose. You can change that later or remove the tab: answers and figures stay as they are.',
      offline: 'The Leerkring server can’t be reached. As soon as it can, your teams are here.',
      refused: 'There is no team to choose now.',
      again: 'Try again',
    },
    remove: [
      'When you remove this tab, only the tab goes.',
      'What your team has answered stays valid, and just as secret. The figures can still be seen in Leerkring itself. Put the tab back later, and all is there again.',
      'Answers are never kept in Teams. How long Leerkring keeps what, you can read under Privacy.',
    ],
    notices: {
      outside: { title: 'This page belongs in Teams', text: 'In Microsoft Teams you are signed in at once, and see what there is for you.', act: 'Open in Teams' },
      silent: { title: 'Teams does not answer', text: 'It may take somewhat longer. If Teams answers within a minute, this page goes on by itself.', act: 'Try again' },
      unanswered: { title: 'No answer came from Teams', text: 'This page does not go on by itself any more. Do you see it inside another page, such as on your intranet? It does not work there.', act: 'Try again' },
      unreachable: { title: 'Leerkring can’t be reached', text: 'As soon as it can, this tab goes on by itself.', act: 'Try again' },
      consent: { title: 'One more step to sign in', text: 'Teams asks whether Leerkring may know who you are, or asks for a second check. A window opens; after it you are back here.', act: 'Sign in' },
      window: { title: 'Microsoft wants to ask you this itself', text: 'Teams could not finish signing you in. A window of Microsoft opens, in which you sign in; after it you are back here. If it does not work, give the code below to whoever manages Teams.', act: 'Open the window' },
      cancelled: { title: 'You are not signed in yet', text: 'The window was closed before you were done. Nothing was sent.', act: 'Sign in' },
      blocked: { title: 'The window could not open', text: 'Your browser stopped it. Allow pop-ups of Teams and try again.', act: 'Try again' },
      refused: { title: 'Teams can’t sign you in to Leerkring', text: 'It is nothing that you did. Give the code below to whoever manages Teams, or try again later.', act: 'Try again' },
    },
    signIn: {
      title: 'You are being signed in',
      text: 'This window belongs to Leerkring and goes on, or closes, by itself.',
      stuck: 'That did not happen. In Teams, close this window and try again there. In your browser, begin again at Leerkring itself.',
      toLeerkring: 'To Leerkring',
    },
    stranger: 'You are not in the roster yet',
    outsideApp: 'Open Microsoft Teams and choose the app Leerkring there.',
    outsideHere: 'Would you rather stay in your browser? Then sign in with your work account.',
    signInHere: 'Sign in with Microsoft',
    signInFailed: {
      ended: 'Your sign-in has ended. Sign in again; what you wrote is still in this browser.',
      cancelled: 'You are not signed in, since Microsoft was not given the permission.',
      storage: 'Signing in is not possible here, since your browser is not allowed to keep anything. Allow that for this site, or use Teams.',
      unreachable: 'Microsoft could not be reached. Try again in a moment. If it goes on, give this code to whoever manages Teams:',
      other: 'Signing in did not work. Try again, or give this code to whoever manages Teams:',
    },
    signOut: 'Sign out',
    outsideElse: 'In your browser Leerkring also works on your intranet, with the sign-in that you have there already:',
    outsideNone: 'There is no way to sign in to Leerkring in the browser alone: only in Teams and on an intranet.',
    outsideOnly: 'There is no way to sign in to Leerkring in the browser alone: only in Teams.',
    told: 'Code:',
    noScript: 'This page needs JavaScript. Turn it on in your browser.',
    privacy: 'Privacy',
    terms: 'Terms',
    support: 'Help',
    about: 'About Leerkring',
  },
};
