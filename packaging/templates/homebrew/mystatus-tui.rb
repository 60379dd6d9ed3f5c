class MystatusTui < Formula
  desc "{{description}}"
  homepage "{{homepage}}"
  url "{{download}}/mystatus-tui-{{version}}.tgz"
  sha256 "{{sha256 mystatus-tui-{{version}}.tgz}}"
  license "{{license}}"

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink libexec.glob("bin/*")
    package = libexec/"lib/node_modules/mystatus-tui"
    man1.install package/"man/mystatus-tui.1"
    bash_completion.install package/"completions/mystatus-tui.bash" => "mystatus-tui"
    zsh_completion.install package/"completions/mystatus-tui.zsh" => "_mystatus-tui"
    fish_completion.install package/"completions/mystatus-tui.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/mystatus-tui --version")
    assert_match "OpenAI", shell_output("#{bin}/mystatus-tui --demo --once")
  end
end
