export async function demo(): Promise<0> {
  return 0;
}
