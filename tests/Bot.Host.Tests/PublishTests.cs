using System.Diagnostics;
using System.Net;

namespace Bot.Host.Tests;

// A published copy runs from anywhere: its cards and its own files are found beside the program, not in the folder it is started from.
public sealed class PublishTests : IDisposable
{
    private static readonly TimeSpan LongestPublish = TimeSpan.FromMinutes(5);
    private readonly string _folder = Directory.CreateTempSubdirectory("afterpilot-publish-").FullName;

    [Fact]
    public async Task A_published_copy_runs_from_another_folder_and_is_ready()
    {
        var (program, elsewhere) = (Path.Combine(_folder, "program"), Path.Combine(_folder, "elsewhere"));
        Directory.CreateDirectory(elsewhere);
        await PublishAsync(program);
        Assert.True(File.Exists(Path.Combine(program, "cards", "checkin-prompt.json")));
        using var store = new StoreFile();
        var production = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Playground__Enabled"] = "true" };

        await using var host = await HostProcess.StartReadyAsync(store.Path, production, Path.Combine(program, "Bot.Host.dll"), elsewhere);

        using var visitor = new Visitor(host.Address, "dana");
        using var said = await visitor.SayAsync("churn-predictor", "/pilot help");
        Assert.Equal(HttpStatusCode.SeeOther, said.StatusCode);
        Assert.Contains("/pilot status", Html.Words(await visitor.PageAsync("churn-predictor")));
        Assert.Equal(0, await host.StopAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task PublishAsync(string into)
    {
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", "src/Bot.Host", "-c", "Release", "-o", into, "--no-restore", "--nologo", "-v", "quiet"])
        {
            WorkingDirectory = Repository(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        using var patience = new CancellationTokenSource(LongestPublish);
        var said = await publish.StandardOutput.ReadToEndAsync(patience.Token);
        await publish.WaitForExitAsync(patience.Token);
        Assert.True(publish.ExitCode == 0, said);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Bot.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
