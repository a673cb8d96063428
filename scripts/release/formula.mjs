// The Homebrew formula: installs the npm tarball of a release for Homebrew's node. Not run here: Homebrew is not to be
// had.
import { repository } from './address.mjs';

/** Undefined as long as the project has no address. */
export const formula = (version, sha256) =>
  repository === undefined
    ? undefined
    : `class Mtucalc < Formula
  desc "Exact MTU and TCP MSS of tunnels: predicts, configures, measures, explains"
  homepage "${repository}"
  url "${repository}/releases/download/v${version}/mtucalc-${version}.tgz"
  sha256 "${sha256}"
  license "MIT"

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink libexec.glob("bin/*")
    man1.install_symlink libexec/"lib/node_modules/mtucalc/man/mtucalc.1"
    generate_completions_from_executable(bin/"mtucalc", "completion", shells: [:bash, :zsh, :fish])
  end

  test do
    assert_match "Tunnel MTU 1422", shell_output("#{bin}/mtucalc --cipher aes256 --wan pppoe")
  end
end
`;
