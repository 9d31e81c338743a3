using Bot.Teams.Manifests;

namespace Bot.Host;

/// <summary><c>teams-package --out FILE.zip ...</c>: makes and checks the app package that an admin uploads to Teams.</summary>
public static class TeamsPackageCommand
{
    public const string Word = "teams-package";
    private const int Ok = 0;
    private const int Refused = 1;
    private const int Usage = 2;

    /// <param name="args">The program's, the word <c>teams-package</c> first.</param>
    /// <param name="configuration">What is set already needs not be said again: Teams:AppId, Teams:TargetedMessages, PublicUrl.</param>
    /// <returns>0 made, 1 refused because of the manifest or its icons, 2 asked for in a way that cannot be done.</returns>
    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, TextWriter output, TextWriter error)
    {
        if (TeamsPackageArguments.Parse(args.AsSpan(1), configuration, out var fault) is not { } asked)
        {
            await error.WriteLineAsync($"{fault}\n\n{TeamsPackageArguments.Usage}");
            return Usage;
        }

        try
        {
            var package = MakeAppPackage.Zip(Path.Combine(AppContext.BaseDirectory, "manifests", "teams"), asked.AppId, asked.PublicUrl, asked.Targeted);
            var faults = CheckAppPackage.Faults(new MemoryStream(package));
            foreach (var problem in faults)
            {
                await error.WriteLineAsync(problem);
            }

            if (faults.Count > 0)
            {
                await error.WriteLineAsync($"{asked.File} was not written. Mend manifests/teams.");
                return Refused;
            }

            await File.WriteAllBytesAsync(asked.File, package);
            await output.WriteLineAsync($"{asked.File} is ready: the app {asked.AppId} at {asked.PublicUrl}{(asked.Targeted ? ", with private messages and slash commands" : "")}.");
            await output.WriteLineAsync("In Teams: Apps, Manage your apps, Upload an app.");
            return Ok;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{asked.File} was not written: {problem.Message}");
            return Usage;
        }
    }
}

/// <summary>What somebody typed after <c>teams-package</c>, and what was set.</summary>
public sealed record TeamsPackageArguments(string File, Guid AppId, Uri PublicUrl, bool Targeted)
{
    public const string Usage = """
        Makes the app package for Microsoft Teams and checks it.

          teams-package --out FILE.zip [--app-id GUID] [--public-url URL] [--targeted-messages]

          --out FILE.zip       where to write it
          --app-id GUID        the client id of the app registration; without it Teams__AppId
          --public-url URL     where people reach this host, an https address; without it PublicUrl
          --targeted-messages  private messages in channels and slash commands, which need the manifest schema 1.29;
                               without it as Teams__TargetedMessages says

        For example: teams-package --app-id 8f14e45f-ceea-467f-a3b0-c2f6b4d1a9e7 --public-url https://pilot.example.com --out afterpilot-teams.zip
        """;

    private const string Targets = "--targeted-messages";
    private static readonly string[] WithValue = ["--out", "--app-id", "--public-url"];

    /// <summary>Null with the fault, where something is missing, unknown or wrong.</summary>
    public static TeamsPackageArguments? Parse(ReadOnlySpan<string> args, IConfiguration configuration, out string fault)
    {
        if (TypedOptions.Parse(args, WithValue, [Targets], out fault) is not { Values: var values } typed)
        {
            return null;
        }

        var targeted = typed.Switches.Contains(Targets) || string.Equals(configuration["Teams:TargetedMessages"], "true", StringComparison.OrdinalIgnoreCase);
        var id = values.GetValueOrDefault("--app-id") ?? configuration["Teams:AppId"];
        var url = values.GetValueOrDefault("--public-url") ?? configuration["PublicUrl"];
        Uri.TryCreate(url, UriKind.Absolute, out var publicUrl);
        fault = typed.Others is [var stray, ..] ? $"{stray} is not an option."
            : !values.ContainsKey("--out") ? "--out is missing: say where to write the package."
            : string.IsNullOrWhiteSpace(id) ? "--app-id is missing, and Teams__AppId is not set."
            : !Guid.TryParse(id, out var appId) || appId == Guid.Empty ? $"\"{id}\" is not a GUID: the app id is the client id of the app registration."
            : string.IsNullOrWhiteSpace(url) ? "--public-url is missing, and PublicUrl is not set."
            : publicUrl?.Scheme != Uri.UriSchemeHttps ? $"\"{url}\" is not an https address: Teams takes no other."
            : "";
        return fault.Length > 0 ? null : new TeamsPackageArguments(values["--out"], Guid.Parse(id!), publicUrl!, targeted);
    }
}
