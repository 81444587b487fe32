/** The modules of a folder of `src` whose names begin so. */
const within = (folder: string, names: string): string => `${folder}/(${names})`;
const among = (...places: string[]): RegExp => new RegExp(`/src/(${places.join('|')})`);

/**
 * What is loaded together. Left to itself the bundler makes dozens of files of a few hundred bytes, and each of them
 * costs a request and is compressed alone. What is loaded when it is needed is named in none of these.
 */
export const groups = [
  // What begins, apart: it has to say which version this is before the runtime, in the next one, is there to read it.
  { name: 'start', priority: 3, test: /preload-helper|runtime\/client\/payload/ },
  // The names of what is asked later, apart from those of what is asked first.
  { name: 'documents', priority: 3, test: among('lib/gql/later') },
  // What every page needs: the frame, who is signed in, asking, and the runtime below them.
  {
    name: 'base',
    priority: 2,
    test: among(
      within('lib/api', 'client|fault'),
      within('lib/session', 'session|opening'),
      within('lib/look', 'Mark|Note|Skeleton'),
      within('lib/forms', 'Trouble|sending'),
      within('lib/feed', 'board'),
      within('lib/frame', 'Bar|Foot'),
      'lib/(gql/graphql|words/time)',
      'runtime/client/client',
      String.raw`routes/(\+|\(in\)/\+layout)`
    )
  },
  // The board itself, which nearly everybody opens next, with the card that other pages show too.
  {
    name: 'board',
    priority: 1,
    test: among(within('lib/feed', 'BoardView'), within('lib/notice', 'Notice'), String.raw`routes/\(in\)/n/\[slug\]/\+page`)
  },
  // What stands instead of a board before who is not of it: each file less is a name less in what begins.
  { name: 'open', priority: 1, test: among('lib/open', within('lib/frame', 'NotAMember|SignInFirst')) },
  // What is said on several pages of those that come later: a sentence alone is smaller than what fetches it.
  { name: 'words', minShareCount: 2, test: /\/paraglide\/messages\// },
  // What neighbours read of an incident, or of what somebody did.
  { name: 'told', priority: 1, test: among(within('lib/people', 'Told|Reread|occurred|words|form')) },
  // What people fill in: signing in, joining, recovering, writing, the account.
  {
    name: 'forms',
    test: among('lib/forms', 'lib/look/Ask', within('lib/session', 'arrive|fragment'), 'lib/api/outcome', within('lib/compose', 'Findings|TextField'))
  }
];
