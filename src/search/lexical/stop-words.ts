/** Words that hold a question together and say nothing of its subject; ranking leaves them out where others are left. */

const WORDS = `a about above after again all also am an and any are as at be because been before being below between both
but by can could did do does doing done down each either else ever every for from further get give given had has have
having he her here hers him his how however i if in into is it its itself just let may me might more most much must my
neither no nor not of off on once one only onto or other others our ours out over own per please same shall she should
since so some such than that the their theirs them then there therefore these they this those through thus to too under
until up upon us use used using very via was we were what when where whether which while who whom whose why will with
within without would you your`;

/** Words of the asking, not of what is asked for: every paper could be "a paper that describes something". */
const REQUESTS = `anything article articles concerned concerning dealing deals describe describes describing discuss
discusses discussing find finding interest interested know like literature look looking paper papers publication
publications regarding show something tell want wanted wants would`;

export const STOP_WORDS: ReadonlySet<string> = new Set(`${WORDS} ${REQUESTS}`.split(/\s+/));
