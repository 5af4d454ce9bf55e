/** Our words on a campaign's page, in every language we speak. Each stands before a date, or alone. */
import type { Locale } from '../../schema/wire/locales.ts'

export interface CampaignWords {
  /** Before the moment in which it begins, and before the one in which it ends: in the campaign's time zone. */
  readonly begins: string
  readonly until: string
  /** Before the same moment on the reader's own clock. */
  readonly yourTime: string
  readonly ended: string
}

export const CAMPAIGN_WORDS: Readonly<Record<Locale, CampaignWords>> = {
  en: {
    begins: 'Begins',
    until: 'Until',
    yourTime: 'Your time',
    ended: 'This campaign has ended. Thank you for being here.',
  },
  es: {
    begins: 'Comienza',
    until: 'Hasta',
    yourTime: 'Tu hora',
    ended: 'Esta campaña ha terminado. Gracias por haber estado aquí.',
  },
  pt: {
    begins: 'Começa',
    until: 'Até',
    yourTime: 'No seu horário',
    ended: 'Esta campanha terminou. Obrigado pela sua presença.',
  },
  fr: {
    begins: 'Début',
    until: 'Jusqu’au',
    yourTime: 'À votre heure',
    ended: 'Cette campagne est terminée. Merci d’avoir été là.',
  },
  de: {
    begins: 'Beginn',
    until: 'Bis',
    yourTime: 'Deine Zeit',
    ended: 'Diese Kampagne ist zu Ende. Danke, dass du da warst.',
  },
  it: {
    begins: 'Inizio',
    until: 'Fino a',
    yourTime: 'La tua ora',
    ended: 'Questa campagna è terminata. Grazie di essere qui.',
  },
  nl: {
    begins: 'Begint',
    until: 'Tot',
    yourTime: 'Jouw tijd',
    ended: 'Deze campagne is afgelopen. Bedankt dat je er was.',
  },
  pl: {
    begins: 'Początek',
    until: 'Do',
    yourTime: 'Twój czas',
    ended: 'Ta kampania dobiegła końca. Dziękujemy za obecność.',
  },
  ru: {
    begins: 'Начало',
    until: 'До',
    yourTime: 'По вашему времени',
    ended: 'Эта кампания завершилась. Спасибо, что были с нами.',
  },
  uk: {
    begins: 'Початок',
    until: 'До',
    yourTime: 'За вашим часом',
    ended: 'Ця кампанія завершилася. Дякуємо, що були з нами.',
  },
  cs: {
    begins: 'Začátek',
    until: 'Do',
    yourTime: 'Váš čas',
    ended: 'Tato kampaň skončila. Děkujeme, že jste tu s námi.',
  },
  sv: {
    begins: 'Börjar',
    until: 'Till',
    yourTime: 'Din tid',
    ended: 'Den här kampanjen är slut. Tack för att du var här.',
  },
  da: {
    begins: 'Begynder',
    until: 'Indtil',
    yourTime: 'Din tid',
    ended: 'Denne kampagne er slut. Tak, fordi du var med.',
  },
  nb: {
    begins: 'Begynner',
    until: 'Til',
    yourTime: 'Din tid',
    ended: 'Denne kampanjen er over. Takk for at du var her.',
  },
  fi: {
    begins: 'Alkaa',
    until: 'Päättyy',
    yourTime: 'Sinun aikasi',
    ended: 'Tämä kampanja on päättynyt. Kiitos, että olit mukana.',
  },
  hu: {
    begins: 'Kezdés',
    until: 'Vége',
    yourTime: 'A te időd szerint',
    ended: 'Ez a kampány véget ért. Köszönjük, hogy itt voltál.',
  },
  ro: {
    begins: 'Începe',
    until: 'Până la',
    yourTime: 'Ora ta',
    ended: 'Această campanie s-a încheiat. Îți mulțumim că ai fost aici.',
  },
  el: {
    begins: 'Έναρξη',
    until: 'Έως',
    yourTime: 'Η ώρα σας',
    ended: 'Αυτή η καμπάνια έληξε. Ευχαριστούμε που ήσασταν εδώ.',
  },
  tr: {
    begins: 'Başlangıç',
    until: 'Bitiş',
    yourTime: 'Senin saatinle',
    ended: 'Bu kampanya sona erdi. Burada olduğun için teşekkürler.',
  },
  ar: { begins: 'البداية', until: 'حتى', yourTime: 'بتوقيتك', ended: 'انتهت هذه الحملة. شكرًا لوجودك معنا.' },
  he: { begins: 'מתחיל', until: 'עד', yourTime: 'לפי השעון שלך', ended: 'הקמפיין הזה הסתיים. תודה שהייתם כאן.' },
  fa: {
    begins: 'آغاز',
    until: 'تا',
    yourTime: 'به وقت شما',
    ended: 'این کارزار به پایان رسیده است. از همراهی شما سپاسگزاریم.',
  },
  ur: {
    begins: 'آغاز',
    until: 'اختتام',
    yourTime: 'آپ کے وقت کے مطابق',
    ended: 'یہ مہم ختم ہو گئی ہے۔ یہاں آنے کا شکریہ۔',
  },
  hi: {
    begins: 'शुरुआत',
    until: 'समाप्ति',
    yourTime: 'आपके समय के अनुसार',
    ended: 'यह अभियान समाप्त हो गया है। यहाँ आने के लिए धन्यवाद।',
  },
  id: {
    begins: 'Mulai',
    until: 'Hingga',
    yourTime: 'Waktu Anda',
    ended: 'Kampanye ini telah berakhir. Terima kasih sudah hadir.',
  },
  vi: {
    begins: 'Bắt đầu',
    until: 'Đến',
    yourTime: 'Giờ của bạn',
    ended: 'Chiến dịch này đã kết thúc. Cảm ơn bạn đã ghé qua.',
  },
  th: { begins: 'เริ่ม', until: 'ถึง', yourTime: 'ตามเวลาของคุณ', ended: 'แคมเปญนี้สิ้นสุดแล้ว ขอบคุณที่มาร่วมกับเรา' },
  ja: {
    begins: '開始',
    until: '終了',
    yourTime: 'あなたの現地時間',
    ended: 'このキャンペーンは終了しました。お越しいただきありがとうございました。',
  },
  ko: { begins: '시작', until: '종료', yourTime: '현지 시각', ended: '이 캠페인은 끝났어요. 함께해 주셔서 고마워요.' },
  zh: { begins: '开始', until: '截止', yourTime: '您的当地时间', ended: '本次活动已结束，感谢您的到来。' },
}
