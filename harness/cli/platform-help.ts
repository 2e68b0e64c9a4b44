/** What the line `help` prints: all lines and answers, each with an example. */
export const lineHelp = `A line is a step and its answer. It holds from the next request on.
  register 4.03        refuse registrations
  update silence*2     leave the next two updates unanswered
  deregister reset     answer deregistrations with RST
  read silence         do not acknowledge separate responses to a read
  rules                answer every step by the rules again
  help                 print this list

Answers to requests of the module (register, update, deregister):
  normal               what the rules say, at once      register normal
  4.03                 this code instead                update 4.04
  silence              no answer                        register silence
  empty-ack            an empty ACK and nothing more    register empty-ack
  delay=MS             the answer after MS ms           update delay=3000
  reset                RST                              deregister reset
  wrong-token          the answer with a wrong token    register wrong-token
  twice                the answer, sent two times       update twice
  separate             an empty ACK, then the answer    register separate
                       as a message of its own
Join them with + where that makes sense: separate+4.03+delay=500, wrong-token+twice. With *N at the end an answer
holds for the next N requests only, then the answer before holds again. A repeated datagram is not a new request.

In a read the platform sends the request: it asks the module for object 666. The module may answer with a separate
response, a message of its own, and the platform acknowledges it. An ACK has neither code nor token, so the step
read takes fewer answers:
  normal               ACK at once                      read normal
  silence              no answer                        read silence
  delay=MS             ACK after MS ms                  read delay=500
  reset                RST                              read reset
  twice                ACK, sent two times              read twice`;

/** What `platform --help` prints after the options. */
export const platformHelp = `
It plays China Mobile's platform: a module whose saved server is this address registers here. It prints a line for
each packet and each event. While it runs, it takes lines on its input that change its answers. The options
--register, --update, --deregister and --read set the same answers from the start.

Examples:
  bc26-hil platform                              answer by the rules at 127.0.0.1:5683
  bc26-hil platform --listen 0.0.0.0:5683        accept modules from the network
  bc26-hil platform --register 4.03              refuse all registrations
  bc26-hil platform --update silence*2           leave the first two updates unanswered
  bc26-hil platform --pcap p.pcap                write a capture; read it with: tshark -r p.pcap
  printf 'register silence*1\\nupdate 5.03\\n' | bc26-hil platform --read delay=500

A module registers after these commands and a reboot (the app key and private key are those printed at the start):
  AT+QDMPCFG=1,<address>,5683,420
  AT+QDMPCFG=2,"<app key>","<private key>",1,<IMEI>
  AT+QDMPCFG=0,1

${lineHelp}

Exit code: 130 after Ctrl-C, 143 after SIGTERM, 2 for a wrong option, 3 if it could not listen or write its capture.
It runs until a signal ends it: neither the end of its input nor that of the shell that started it does. In the
background (of a terminal it needs an input):
  bc26-hil platform < /dev/null > platform.log & echo $! > platform.pid     later: kill $(cat platform.pid)
A terminal that closes ends what runs in it, with or without nohup; to let the platform outlive it: setsid bc26-hil …
Node ignores nohup, and npx passes no signal on: for kill, start node harness/cli/bin.mjs itself.
To read a capture of another port than 5683: tshark -r FILE -d udp.port==PORT,coap`;
