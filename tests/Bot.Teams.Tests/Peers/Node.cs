using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Bot.Teams.Tests.Peers;

/// <summary>Runs a script of tests/node/teams: JSON in, JSON out.</summary>
internal static class Node
{
    public const string Variable = "AFTERPILOT_TEST_NODE";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static string? Folder => Environment.GetEnvironmentVariable(Variable);

    public static bool IsThere => Directory.Exists(Path.Combine(Folder ?? "", "node_modules"));

    public static async Task<JsonNode> RunAsync(string script, JsonNode input)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder!, "teams", script)])
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Longest);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.StandardInput.WriteAsync(input.ToJsonString());
        process.StandardInput.Close();
        await process.WaitForExitAsync(limit.Token);

        Assert.True(process.ExitCode == 0, $"{script} ended with {process.ExitCode}: {await error}");
        return JsonNode.Parse(await output)!;
    }
}
