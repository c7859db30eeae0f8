/**
 * What a client program gets to see of our environment: nothing that holds a secret (ours may hold many), and nothing
 * that changes what it does (`MYSQL_PWD`, `MYSQL_HOST`). Its messages are English.
 */
export function clientEnvironment(): Record<string, string> {
  const { PATH, LD_LIBRARY_PATH, TMPDIR } = process.env;
  return {
    LC_ALL: 'C.UTF-8',
    ...(PATH === undefined ? {} : { PATH }),
    ...(LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH }),
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
  };
}
