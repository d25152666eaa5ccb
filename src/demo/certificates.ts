import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generate } from 'selfsigned'

/** Paths of PEM files: the demo's own authority, made at start and thrown away, and a certificate of `localhost` under it. */
export interface DemoCertificates {
  readonly ca: string
  readonly certificate: string
  readonly key: string
  readonly pem: { readonly key: string; readonly cert: string; readonly ca: string }
}

/** MSAL and the Bot Framework refuse plain http, so the emulated services speak https like the real ones. */
export async function makeCertificates(folder: string): Promise<DemoCertificates> {
  const ca = await generate([{ name: 'commonName', value: 'Latchkey demo authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
    ],
  })
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  const files = {
    ca: join(folder, 'demo-ca.pem'),
    certificate: join(folder, 'localhost.pem'),
    key: join(folder, 'localhost-key.pem'),
  }
  await writeFile(files.ca, ca.cert)
  await writeFile(files.certificate, leaf.cert)
  await writeFile(files.key, leaf.private, { mode: 0o600 })
  return { ...files, pem: { key: leaf.private, cert: leaf.cert, ca: ca.cert } }
}
