{
  description = "{{description}}";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      package = pkgs: pkgs.stdenvNoCC.mkDerivation {
        pname = "mystatus-tui";
        version = "{{version}}";
        src = pkgs.fetchurl {
          url = "{{download}}/mystatus-tui-{{version}}.tgz";
          hash = "{{sri mystatus-tui-{{version}}.tgz}}";
        };
        nativeBuildInputs = [ pkgs.makeWrapper pkgs.installShellFiles ];
        dontBuild = true;
        installPhase = ''
          runHook preInstall
          mkdir -p $out/lib/mystatus-tui
          cp -r bin dist presets schema package.json $out/lib/mystatus-tui
          makeWrapper ${pkgs.nodejs_24}/bin/node $out/bin/mystatus-tui \
            --add-flags $out/lib/mystatus-tui/{{bin}}
          installManPage man/mystatus-tui.1
          installShellCompletion --cmd mystatus-tui \
            --bash completions/mystatus-tui.bash \
            --zsh completions/mystatus-tui.zsh \
            --fish completions/mystatus-tui.fish
          runHook postInstall
        '';
        meta = {
          description = "{{description}}";
          homepage = "{{homepage}}";
          license = pkgs.lib.licenses.mit;
          mainProgram = "mystatus-tui";
        };
      };
    in
    {
      packages = nixpkgs.lib.genAttrs systems (system: {
        default = package nixpkgs.legacyPackages.${system};
      });
    };
}
