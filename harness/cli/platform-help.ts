/** What the line `help` prints: every line there is, every answer with an example. */
export const lineHelp = `A line is a step and its answer; it holds from the next request on.
  register 4.03        refuse registrations
  update silence*2     leave the next two updates unanswered
  deregister reset     answer deregistrations with RST
  read silence         acknowledge no separate response to a read
  rules                every step by the rules again
  help                 this list

Answers to what the module asks (register, update, deregister):
  normal               what the rules say, at once      register normal
  4.03                 this code instead                update 4.04
  silence              nothing at all                   register silence
  empty-ack            an empty ACK and nothing more    register empty-ack
  delay=MS             the answer MS ms later           update delay=3000
  reset                RST                              deregister reset
  wrong-token          the answer, its token wrong      register wrong-token
  twice                the answer, sent two times       update twice
  separate             an empty ACK, then the answer    register separate
                       as a message of its own
They can be joined where that makes sense: separate+4.03+delay=500, wrong-token+twice. *N at the end: for the
next N requests only, then as before; a repeated datagram is no new request.

A read goes the other way: the platform asks for object 666, and what it answers is a response that the module
sends on its own. That answer is an ACK, which has neither code nor token, so read takes fewer:
  normal               ACK at once                      read normal
  silence              nothing at all                   read silence
  delay=MS             ACK MS ms later                  read delay=500
  reset                RST                              read reset
  twice                ACK, sent two times              read twice`;

/** What `platform --help` says after the options. */
export const platformHelp = `
It prints a line for each packet and for what came of it. While it runs it takes lines on its input; --register,
--update, --deregister and --read set the same answers from the start.

${lineHelp}

  bc26-hil platform --listen 127.0.0.1:5683 --register 4.03
  printf 'register silence*1\\nupdate 5.03\\n' | bc26-hil platform --read delay=500
Exit code 130 after Ctrl-C, 143 after SIGTERM; 2 for a wrong option, 3 where it could not listen or write its capture.
The end of its input ends nothing. In the background of a terminal give it an input: bc26-hil platform < /dev/null &
A capture of another port than 5683 is read with: tshark -r FILE -d udp.port==PORT,coap`;
