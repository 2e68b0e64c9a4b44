export const saveCredentials = 'AT+QDMPCFG=2,"M100000089","95GoSecret",1,863703030822519';
export const saveServer = 'AT+QDMPCFG=1,117.161.2.7,5683,420';
export const queryOf = (option: number): string => `AT+QDMPCFG=4,${option}`;
export const withPeriod = (period: string): string => `AT+QDMPCFG=1,117.161.2.7,5683,${period}`;
export const withPort = (port: string): string => `AT+QDMPCFG=1,117.161.2.7,${port},420`;
export const withServer = (address: string): string => `AT+QDMPCFG=1,${address},5683,420`;
export const withImei = (imei: string): string => `AT+QDMPCFG=2,"key","secret",1,${imei}`;
export const withTerminalType = (type: string): string =>
  `AT+QDMPCFG=2,"key","secret",${type},863703030822519`;
