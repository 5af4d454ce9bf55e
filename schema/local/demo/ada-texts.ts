/** Ada Marlow's training notes, as far as the demo has read them. Everything in them is made up. */
import type { DemoText } from './demo-text.ts'

export const ADA_TEXTS: readonly DemoText[] = [
  {
    number: 1,
    title: 'Your first five kilometres',
    body: `You can run your first five kilometres eight weeks from now, starting from nothing. Three outings a week, thirty minutes each, never on two days running. In week one you run for one minute and walk for two, ten times over. It will feel too little. That is the plan working.

Each week the running grows by about a minute and the walking shrinks by a little less. By week four you run five minutes and walk one. By week six you run twelve, walk one, run twelve. In week eight you stop counting, start slowly, and find out that you have gone round the lake and are still talking.

Miss a week? Repeat the one before and carry on. Nobody has ever lost their fitness to one bad Tuesday. What people lose is patience, usually in week three, usually because a neighbour overtook them. Wave at the neighbour. You will see them again in week ten, walking.`,
  },
  {
    number: 2,
    title: 'Easy means easy',
    body: `How slow is an easy run? Slow enough to tell me what you had for breakfast, in full sentences, without stopping for air. If you can only manage three words at a time it is not easy, whatever your watch says. If you could sing, you may go a touch quicker.

Eight of every ten kilometres you run should be easy. Easy running builds the small things that no session can hurry: the fine blood vessels in the muscle, the tendons, the habit. Hard running uses them up. Most people who come to me run their easy days too fast and their hard days too slowly, and then wonder why every day feels the same.

Leave the watch at home once a week. Run to the second bridge and back and do not know how long it took. I have coached for twenty-two years and that is still the hardest session I set.`,
  },
  {
    number: 3,
    title: 'A warm-up in six minutes',
    body: `My warm-up takes six minutes and needs a lamp post. Two minutes of brisk walking, with the arms. Then a minute of leg swings holding the lamp post, fifteen a side, front to back and then across. A minute of walking lunges, small ones. A minute of high knees and heel flicks, ten of each, and again. In the last minute, three short strides of sixty metres, each a little quicker than the one before, walking back in between.

Do not hold long stretches on cold legs. It does not help and it makes the first kilometre feel borrowed. Keep the long stretches for the evening, when you are warm and bored.

In winter do the first four minutes indoors, in the hall, in your hat. In summer start in the shade. If you have time for only one thing, do the three strides: they tell your legs what is coming, and legs do not like surprises.`,
  },
  {
    number: 4,
    title: 'The hill behind the bakery',
    body: `Every runner I coach knows the hill behind the bakery. It is two hundred metres long, as steep as a fire escape, and it smells of bread. We run hills because they make you strong and polite: strong in the calves and hips, and polite because nobody can brag while going up.

The session is simple. Warm up properly. Run up for forty-five seconds, hard but tall: eyes on the top, short steps, arms like a drummer. Walk down, all the way down, and start again only when you could hold a conversation. Four times in the first week, then five, then six. Never more than eight. The one who asks for ten is the one I send home.

Run hills once a week at most, and never the day after something long. Going down is what hurts, so walk it. The hill will still be there next Wednesday, and so will the bread.`,
  },
  {
    number: 5,
    title: 'The night before and race morning',
    body: `What should you eat before a race? The night before: something plain that you have eaten a hundred times. Rice, pasta, potatoes, a little salt, no experiments and no second helping out of nerves. On race morning: breakfast two to three hours before the start. Porridge or toast with honey, a banana if you like bananas, and half a litre of water in sips. Coffee if you always have coffee.

Lay everything out the evening before, in the order in which you put it on. Number, four pins, socks, shoes, the shirt you know. Nothing new on race day: not shoes, not gels, not advice. Mine included, if you read it that morning.

Start slower than you want to. If the first kilometre feels wonderful, it was too fast. Count ten runners who overtake you and smile at each of them. You will meet eight of them again after halfway, and you may smile then, too.`,
  },
  {
    number: 6,
    title: 'When to rest',
    body: `How do you know when to rest? Soreness is on both sides, spread wide, and better after ten minutes of moving. You may run on it, gently. Pain is in one place, you can put a finger on it, and it gets worse as you go. With pain you stop, walk home, and rest two days. If it is still there after that, or it wakes you, or it swells, see somebody who can lay hands on it: a doctor or a physiotherapist. I am a coach, and my twin is a machine; neither of us can look at your knee.

Rest is training. The run only asks the question, and sleep writes the answer. Take one day in the week with nothing in it, and one week in every four with a third less. People fear that week and then come back from it faster.

After a cold, wait until you have been well for two days, then do the first run at half the length. Pride is no vitamin.`,
  },
  {
    number: 7,
    title: 'Shoes, socks and the rest of it',
    body: `Which shoes should you buy? The pair that you forget about after ten minutes. Go to the shop in the afternoon, when your feet are at their largest. Bring the socks you run in. There should be a thumb’s width before your longest toe, nothing should rub at the heel, and you should be allowed to run to the corner and back. If they will not let you, buy elsewhere.

Ignore the colour, and ignore what the winner wore. Retire a pair after seven or eight hundred kilometres, or when the sole leans to one side when you set it on a table. Two pairs in turn last longer than one pair and then another.

Socks matter more than people think: no cotton, no seams over the toes. And for a blister, leave the roof on. Beyond that you need a light in winter, a cap in summer, and pockets for a door key. Everything else is a present for somebody.`,
  },
  {
    number: 8,
    title: 'Breathing, stitches and bad patches',
    body: `A stitch comes from going off too quickly, or from lunch. Slow to a walk, breathe out long and low as if you were fogging a window, and press two fingers under the ribs on the side that hurts. Four of those breaths, and begin again slowly. If you get them often, leave three hours after a meal and lengthen your warm-up.

Breathe through whatever opening is available. I have heard every rule about noses, and the air has heard none of them. What does help is rhythm: in for three steps and out for three when it is easy, in for two and out for two when it is not.

A bad patch in a long run lasts about eight minutes. I have timed it in a great many people. Tell yourself that you may stop at the ninth. Count lamp posts, count dogs, count backwards from a hundred in the worst French you have. At the ninth minute you will have forgotten to stop.`,
  },
]
