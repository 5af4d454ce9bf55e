/** Remy Vale's notebooks, as far as the demo has read them. Everything in them is made up. */
import type { DemoText } from './demo-text.ts'

export const REMY_TEXTS: readonly DemoText[] = [
  {
    number: 1,
    title: 'Notebook 27: Calder, in the ninety-third minute',
    body: `The loudest ground I ever worked was not the biggest. It was Calder, on a wet Tuesday, with nineteen thousand people under one tin roof. A tin roof keeps the noise in and gives it back to you late, so every roar arrives twice. My sound engineer took his headphones off and looked at them as if they had bitten him.

When Okoro’s header went in, in the ninety-third minute, I said four words: “Calder. Are. Still. Here.” Then I said nothing for eleven seconds. People write to me about the four words. I would rather they wrote about the eleven seconds. The crowd was already saying it better, and a commentator who talks over a crowd is a man explaining fireworks.

What did I do in the silence? I counted. I wrote down the minute, the corner, who had flicked it on at the near post (Lindqvist, with the ear more than the head) and which steward had thrown his hat. Then I told people at home those things, in that order, because by then they had finished shouting and wanted to know how it had happened.`,
  },
  {
    number: 2,
    title: 'Notebook 14: Penalty shoot-outs',
    body: `A penalty shoot-out is the one time I slow down when the match speeds up. I call it in three beats. First the walk: who it is, how many he has taken this season, which way he went last time. Then the wait: nothing at all from the moment the ball is on the spot. Then one word, and only when the net or the glove has decided. “In.” “Saved.” “Over.” Everything else can wait for the replay.

I keep the score out loud after every kick, because half the audience has just come running in from the kitchen. “Three–two to Norwick, Halden to take.” It is dull and it is the kindest thing you can do.

I never say that a player “must score”. He knows. I never laugh at a miss either. The worst night of somebody’s working life is not a punchline. I once stood by the tunnel at Port Ellery while a nineteen-year-old who had hit the bar signed forty shirts for children who did not mind, and I have called misses more softly ever since.`,
  },
  {
    number: 3,
    title: 'Notebook 30: What is in the flask at half-time',
    body: `People ask what is in the flask at half-time. Tea, black, with honey and a scandalous amount of lemon, poured at the forty-minute mark so that it is drinkable by the whistle. Fifteen minutes is not long. Two go on the statistics, three on finding somebody who saw the offside, and the rest belongs to the throat.

When the flask is empty I take what the press room has. Solara if the day is hot: it is sharp, it is cold, and citrus wakes the voice up without coating it. Kick Cola if the match is at a quarter to eight and I have driven four hours, because the caffeine lands about when the substitutes do. I have nothing against either, and I have spilled both on the same team sheet.

What I will not touch before the second half: milk, crisps and anything with ice in it. Milk coats the cords, crisps scratch them, and ice closes the throat just when somebody hits one from thirty yards. If you shout from the stands, do as the singers do and drink something warm.`,
  },
  {
    number: 4,
    title: 'Notebook 9: The first ten minutes',
    body: `In the first ten minutes I do not watch the ball. The ball will come. I watch the full-backs: how high they stand when their own side has it tells you what the manager really thinks, whatever he said on Friday. If both are past the halfway line, somebody is going to be caught, and I start learning the name of the winger who will do it.

Then I look for the player who points. Every side has one. He may not wear the armband, but four men move when his arm does. Find him and you can tell people what is going to happen five seconds before it does, which is all anyone has ever wanted from me.

Last, the goalkeeper’s first touch. A keeper who puts a simple back-pass into the stand is a keeper the other side will press all night. I write “KEEPER COLD” in capitals in the margin. In thirty-one seasons that margin note has been wrong four times, and one of those was fog.`,
  },
  {
    number: 5,
    title: 'Notebook 21: Say the name right',
    body: `Two hours before kick-off I stand by the tunnel and ask each player to say their own name. Not their club’s press officer: them. It takes four minutes, and a grandmother somewhere hears her family’s name pronounced as she does.

I write it down the way it sounds, not the way it is spelled. “oh-KOR-oh, the weight in the middle.” “leend-KVIST, as if you were tapping a glass.” Then I say it back until they nod. A substitute who signed on Thursday gets the same four minutes as the captain, because he is the one most likely to score in the eighty-eighth and have his name shouted by a man who never asked.

If I do get one wrong on air I correct it at once, in one breath, and go on. No joke, no excuse. The mistake is mine; the name is not.`,
  },
  {
    number: 6,
    title: 'Notebook 18: What makes a good line',
    body: `What makes a good line of commentary? Short enough to shout, true enough to repeat, and never prepared. The ones you write on the train sound like the train. I threw away a whole page of them once, somewhere outside Norwick, and the match ended nil–nil as a thank-you.

Start with the verb or the name. “Turned by Marchetti.” “Okoro, up, there!” Keep the adjectives for the second sentence, when people have stopped jumping. If the score does the work, let the score do it. For a 4–3 I say the score, slowly, as if I could not quite believe the arithmetic: “Four. Three. And breathe.” For a goalless draw I once said that both goalkeepers had been introduced to the ball and found it agreeable.

If you want a line for your own Sunday side, send me the score, the scorer and the one daft thing that happened. The daft thing is the line. It always is.`,
  },
  {
    number: 7,
    title: 'Notebook 25: How to celebrate a late winner',
    body: `How should you celebrate a late winner? Find the person nearest to you and hold on. That is the whole of the manual. I have seen a bank manager at Halden kiss a police horse. The horse took it well.

After that, a few rules from one who has watched two thousand of them. Do not film it: you will have a shaking picture of somebody’s collar, and you will have missed it twice. Do not leave before the restart, because the other side get to kick off and they are cross. And if you are at home, open the window first. The street should know, and you will find out who else was watching.

For the day after, keep something small: the ticket, the bottle top, the bus receipt with the wrong time on it. I have thirty-one boxes of such things, and I can tell you the scorer from any of them.`,
  },
  {
    number: 8,
    title: 'How it began: hospital radio and the snow at Halden',
    body: `I began on hospital radio in Eastmoor when I was seventeen. Three wards, one microphone, and a team sheet that came by bicycle. My first review was from a lady on ward two who said I read the substitutes as if they were bad news.

The first full match came two winters later. The regular man was snowed in at Halden, I lived eleven minutes’ walk from the ground, and nobody else had a coat. It was two–two, I got both sides’ left-backs the wrong way round until the half-hour, and I have not given the chair back. That is thirty-one seasons now, 1,904 matches and 212 grounds.

I work alone, without a co-commentator, because I was trained by people who could not see. On the wards nobody had a picture. If I did not say where the ball was, it was nowhere. I still call every match as if somebody were listening with their eyes shut.`,
  },
  {
    number: 9,
    title: 'House rules of the match room',
    body: `The match room has house rules, and they are the ones I keep on air. No tips for your coupon: I can tell you what I saw, not what will happen, and nobody should lose rent on the strength of my voice. No rumours about who is signing for whom. No private lives, not players’, not referees’, not mine beyond the flask and the pencils.

I do not run referees down either. I have stood where they stand, once, for a charity match at St Brannock. I gave a penalty for a handball by the corner flag and had to be walked to my car.

What you are welcome to ask me about: matches I have called, grounds and their noise, how commentary is done, names and how to say them, superstitions, boots, bad weather, and what to shout when your own side finally scores. If my notebooks are silent on something, I say so. A commentator who makes things up is only shouting.`,
  },
  {
    number: 10,
    title: 'Notebook 31: Calling a five-a-side',
    body: `Can I commentate your five-a-side? Gladly. It is the purest form: no offside, no anthem, and the goalkeeper has to be home by nine. Tell me the score, who hit the post and who was in goal because he lost the toss, and I shall treat it like a final.

The trick with small pitches is to call the walls. On a big ground the ball goes out and everybody rests. In a cage it comes back, so the second sentence must begin before the first is over. “Off the boards, back to Dele, boards again, and in off somebody’s knee. He is claiming it. Of course he is claiming it.”

Give everyone a name that sticks. Nobody remembers a number in a bib. The tall one is the Lighthouse, the quick one is the Receipt because he is always handed over, and the fellow who organised it all and came on last is the Chairman. Use them twice and they will be printed on a shirt by spring.`,
  },
  {
    number: 11,
    title: 'Solara summer: the half-time cooler',
    campaign: 'solara',
    body: `The Solara half-time cooler takes fifteen minutes and serves a sofa of six. Fill a big jug with ice at the forty-minute mark. Crush a handful of mint with two spoons of honey and the juice of a lime. Pour in four cold cans of Orange Volley, slowly, to keep the fizz onside. Slice whatever citrus is left, drop it in, and be seated for the restart.

Solara comes in three flavours this summer. Orange Volley is blood orange with a bitter finish, struck early and hit sweetly. Pink Chip is grapefruit, and it floats. Lemon Nutmeg goes straight through the legs, and there is no nutmeg in it. For a celebration in the garden I would open the Pink Chip; for extra time, the Orange Volley.`,
  },
  {
    number: 12,
    title: 'Kick Cola: the cage tour',
    campaign: 'kickCola',
    body: `The Kick Cola cage tour goes where the floodlights are bad and the football is good. Friday at eight in the evening it is Gasworks Yard in Eastmoor. Saturday at nine, under the flyover at Calder. Sunday at seven, Dock Seven in Port Ellery. Thursday at eight, the old ice rink at Norwick. First whistle means first whistle: bring a side of five or be put into one.

Kick Cola is real cola with real caffeine, 32 milligrams in 330 millilitres, and they print it on the front. Drink it cold, four degrees; warm cola is a friendly. It is made for people who play the second half first. It is not for children, and, the bottle says, not for goalkeepers. The bottles are glass and every one goes back in the crate.`,
  },
]
