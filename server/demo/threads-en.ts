import type { Thread } from './script.ts'

/** English threads, newest matter last in each. Times are relative; play.ts anchors the last turn near now. */
export const englishThreads: Thread[] = [
  {
    person: {
      name: 'Amara Okonkwo',
      address: 'amara@parcelo.example',
      company: 'Parcelo Couriers',
      tier: 'VIP',
      language: 'en',
      timeZone: 'Europe/Amsterdam',
    },
    inbox: 'support',
    subject: 'Battery on bike 7 will not hold charge',
    assignee: 'tomas',
    tags: ['warranty', 'battery', 'fleet'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'Hi,\n\nthe second pack from order SO-20418 drops from 80% to 20% within half an hour. The other two packs are fine. The export from the display is attached. We ride again on Friday.\n\nAmara',
        file: {
          name: 'bike7-log.csv',
          type: 'text/csv',
          text: 'minute,percent,volt\n0,81,39.2\n10,64,37.8\n20,41,36.1\n30,19,34.4\n',
        },
      },
      {
        by: 'tomas',
        after: 11,
        text: 'Hello Amara,\n\nthank you for the export, it shows one weak cell group. Could you send me the serial number on the underside of the pack? It starts with 22.',
      },
      {
        by: 'customer',
        after: 190,
        text: 'Does the pack have to come back before you send a new one? The serial is 22-0917.',
      },
      {
        by: 'priya',
        after: 24,
        note: true,
        text: 'Two PB-48 packs are in Utrecht. Release before 17:00 and they leave tonight.',
      },
      {
        by: 'tomas',
        after: 6,
        text: 'No, we send the new one first. The serial checks out, so a new PB-48 leaves Utrecht today and the label for the old one travels in the box.',
      },
      {
        by: 'customer',
        after: 1300,
        text: 'It arrived, thank you. Can the old pack still ship today with that label?',
      },
    ],
  },
  {
    person: {
      name: 'Mateo Fernández',
      address: 'mateo@ruedas.example',
      company: 'Ruedas y Carga',
      tier: 'VIP',
      language: 'en',
    },
    inbox: 'support',
    subject: 'Brake levers of the spring delivery',
    assignee: 'tomas',
    tags: ['warranty'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'On three of the twelve bikes the left lever touches the grip before it bites. Is there a bulletin for this batch, or shall our mechanic bleed them?',
      },
      { by: 'customer', after: 95, text: 'To add: they are VF-L2 frames, numbers 0431 to 0442.' },
    ],
  },
  {
    person: {
      name: 'Kenji Watanabe',
      address: 'kenji.watanabe@hakobi.example',
      company: 'Hakobi',
      language: 'en',
      timeZone: 'Asia/Tokyo',
    },
    inbox: 'support',
    subject: 'Blue frame in size M',
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'Is the blue frame back in stock in M? We would take four, delivered to Yokohama.',
      },
    ],
  },
  {
    person: {
      name: 'Sofia Lindqvist',
      address: 'sofia@lindqvist.example',
      language: 'en',
      timeZone: 'Europe/Stockholm',
    },
    inbox: 'support',
    subject: 'Refund for the returned child seat',
    assignee: 'priya',
    tags: ['invoice'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'I returned the child seat (RMA 5512) eleven days ago and the tracking says it was received. When will the refund be on my card?',
      },
      {
        by: 'priya',
        after: 52,
        text: 'Dear Sofia,\n\nthe warehouse booked it in this morning; the refund of EUR 149.00 left us today. Banks usually show it within three working days.',
      },
      {
        by: 'customer',
        after: 4800,
        text: 'Three working days have passed and I cannot see it. Could you check again?',
      },
    ],
  },
  {
    person: {
      name: 'Oliver Grant',
      address: 'accounts@grantworks.example',
      company: 'Grant Works',
      language: 'en',
      timeZone: 'Europe/London',
    },
    inbox: 'support',
    subject: 'Invoice INV-7731 shows the wrong VAT number',
    assignee: 'tomas',
    tags: ['invoice'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'Our VAT number on INV-7731 is missing the last digit. Please issue a corrected invoice before the end of the month.',
        file: {
          name: 'INV-7731.txt',
          type: 'text/plain',
          text: 'Invoice INV-7731\nVAT GB 123 4567 8\nTotal 2,310.00\n',
        },
      },
    ],
  },
  {
    person: {
      name: 'Nguyễn Thị Hà',
      address: 'ha.nguyen@xanhgo.example',
      company: 'Xanh Go',
      language: 'en',
      timeZone: 'Asia/Ho_Chi_Minh',
    },
    inbox: 'support',
    subject: 'Delivery slot for the cargo trailer',
    assignee: 'priya',
    tags: ['delivery'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'The carrier offers Tuesday between 8 and 10, but our yard opens at 9. Can it be moved to the afternoon?',
      },
      {
        by: 'priya',
        after: 33,
        text: 'I moved it to Tuesday, 13:00 to 15:00. The driver will call thirty minutes ahead.',
      },
      { by: 'customer', after: 12, text: 'Perfect. The gate code is the same as last time.' },
    ],
  },
  {
    person: {
      name: 'Fatima El-Sayed',
      address: 'fatima@nilewheels.example',
      company: 'Nile Wheels',
      language: 'en',
      timeZone: 'Africa/Cairo',
    },
    inbox: 'support',
    subject: 'Does the recall cover the 2024 model?',
    tags: ['warranty'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'We read about the recall of the front axle. Our bikes are from November 2024, frame numbers begin with 24-11. Are they affected, and may we keep riding?',
      },
    ],
  },
  {
    person: {
      name: 'Ingrid Halvorsen',
      address: 'ingrid@fjordfleet.example',
      company: 'Fjord Fleet',
      language: 'en',
      timeZone: 'Europe/Oslo',
    },
    inbox: 'support',
    subject: 'Spare keys for the rental fleet',
    assignee: 'tomas',
    tags: ['fleet'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'Two renters lost their keys in one week. Can you cut spares from the key numbers, and what do they cost?',
      },
      {
        by: 'tomas',
        after: 48,
        text: 'We can. EUR 18 each with the number and a photo of the fleet certificate, and they ship the next day.',
      },
      {
        by: 'customer',
        after: 130,
        text: 'The certificate is attached, the numbers are A-2207 and A-2214.',
        file: { name: 'certificate.txt', type: 'text/plain', text: 'Fleet certificate FF-118\n' },
      },
    ],
  },
  {
    person: { name: 'Dmitri Volkov', address: 'dmitri@volkov.example', language: 'en' },
    inbox: 'support',
    subject: 'Display stays black after the update',
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'Since the update to 3.4.1 the display stays black until I plug in the charger. Twice now in the rain, not funny. What can I do before Monday?',
      },
    ],
  },
  {
    person: {
      name: 'Arjun Mehta',
      address: 'arjun@lastmile.example',
      company: 'LastMile',
      language: 'en',
      timeZone: 'Asia/Kolkata',
    },
    inbox: 'support',
    subject: 'The app says my bike is offline',
    assignee: 'priya',
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'The bike stands beside me and the app says it was last seen yesterday. The SIM light blinks red.',
      },
      {
        by: 'priya',
        after: 20,
        text: 'Red means the SIM was refused by the network. Please hold the power button for ten seconds; the light should turn blue within a minute.',
      },
      { by: 'customer', after: 9, text: 'Blue now. Thank you, that was quick.' },
    ],
    status: 'closed',
  },
  {
    person: {
      name: 'Lotte Jansen',
      address: 'lotte@bakkersbak.example',
      company: 'Bakkers Bak',
      language: 'en',
      timeZone: 'Europe/Amsterdam',
    },
    inbox: 'support',
    subject: 'Quote for eight trailers',
    assignee: 'tomas',
    tags: ['fleet'],
    status: 'snoozed',
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'We are opening two more bakeries in March. Could you quote eight trailers with the insulated box?',
      },
      {
        by: 'tomas',
        after: 140,
        text: 'Gladly. For eight with the insulated box it is EUR 1,940 each, delivered. The quote is valid for 30 days.',
      },
      {
        by: 'customer',
        after: 300,
        text: 'Thank you, I will take it to the board on the first of the month.',
      },
    ],
  },
  {
    person: {
      name: 'Grace Achieng',
      address: 'grace@bodabox.example',
      company: 'Boda Box',
      language: 'en',
      timeZone: 'Africa/Nairobi',
    },
    inbox: 'support',
    subject: 'Torque for the rear axle',
    turns: [
      {
        by: 'customer',
        after: 0,
        text: 'What torque does the rear axle of the L2 take? The manual online stops at page 40.',
      },
      {
        by: 'priya',
        after: 15,
        text: '40 Nm, dry thread. Page 41 on is back online, thank you for telling us.',
      },
    ],
    assignee: 'priya',
    status: 'closed',
  },
]
