using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Bot.Host.Tests;

// teams-package: with everything said, with everything set, what is said before what is set; each fault with the usage and nothing written; a file that cannot be written.
public sealed class TeamsPackageCommandTests : IDisposable
{
    private const string AppId = "8f14e45f-ceea-467f-a3b0-c2f6b4d1a9e7";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("afterpilot-package-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string Package => Path.Combine(_folder.FullName, "afterpilot-teams.zip");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task A_package_is_made_of_what_is_said()
    {
        var code = await RunAsync([], "--app-id", AppId, "--public-url", "https://pilot.example.com", "--out", Package);

        Assert.Equal((0, ""), (code, _error.ToString()));
        Assert.Equal((AppId, "https://pilot.example.com/", "1.23"), await ReadAsync());
        Assert.Contains($"{Package} is ready: the app {AppId} at https://pilot.example.com/.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_set_needs_not_be_said()
    {
        var code = await RunAsync([new("Teams:AppId", AppId), new("PublicUrl", "https://pilot.example.com"), new("Teams:TargetedMessages", "true")], "--out", Package);

        Assert.Equal(0, code);
        Assert.Equal((AppId, "https://pilot.example.com/", "1.29"), await ReadAsync());
    }

    [Fact]
    public async Task What_is_said_counts_before_what_is_set()
    {
        var code = await RunAsync(
            [new("Teams:AppId", Guid.NewGuid().ToString()), new("PublicUrl", "http://localhost:5080")],
            "--out", Package, "--app-id", AppId, "--public-url", "https://pilot.example.com/a", "--targeted-messages");

        Assert.Equal(0, code);
        Assert.Equal((AppId, "https://pilot.example.com/a/", "1.29"), await ReadAsync());
    }

    [Theory]
    [InlineData("--out is missing: say where to write the package.", "--app-id", AppId, "--public-url", "https://pilot.example.com")]
    [InlineData("--app-id is missing, and Teams__AppId is not set.", "--out", "OUT", "--public-url", "https://pilot.example.com")]
    [InlineData("\"churn\" is not a GUID: the app id is the client id of the app registration.", "--out", "OUT", "--app-id", "churn", "--public-url", "https://pilot.example.com")]
    [InlineData("--public-url is missing, and PublicUrl is not set.", "--out", "OUT", "--app-id", AppId)]
    [InlineData("\"http://localhost:5080\" is not an https address: Teams takes no other.", "--out", "OUT", "--app-id", AppId, "--public-url", "http://localhost:5080")]
    [InlineData("--app-id needs a value after it.", "--app-id", "--out", "OUT")]
    [InlineData("--out is given twice.", "--out", "OUT", "--out", "OUT")]
    [InlineData("--appid is not an option.", "--appid", AppId)]
    public async Task What_cannot_be_done_is_said_with_the_usage(string fault, params string[] args)
    {
        var code = await RunAsync([], [.. args.Select(arg => arg == "OUT" ? Package : arg)]);

        Assert.Equal(2, code);
        Assert.StartsWith($"{fault}{Environment.NewLine}{Environment.NewLine}Makes the app package", _error.ToString().ReplaceLineEndings(), StringComparison.Ordinal);
        Assert.False(File.Exists(Package));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named()
    {
        var file = Path.Combine(_folder.FullName, "nowhere", "a.zip");

        var code = await RunAsync([], "--app-id", AppId, "--public-url", "https://pilot.example.com", "--out", file);

        Assert.Equal(2, code);
        Assert.StartsWith($"{file} was not written: ", _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(IEnumerable<KeyValuePair<string, string?>> set, params string[] args) =>
        TeamsPackageCommand.RunAsync(["teams-package", .. args], new ConfigurationBuilder().AddInMemoryCollection(set).Build(), _output, _error);

    private async Task<(string?, string?, string?)> ReadAsync()
    {
        await using var zip = await ZipFile.OpenReadAsync(Package);
        await using var content = await zip.GetEntry("manifest.json")!.OpenAsync();
        var manifest = (await JsonNode.ParseAsync(content))!;
        return ((string?)manifest["bots"]![0]!["botId"], (string?)manifest["developer"]!["websiteUrl"], (string?)manifest["manifestVersion"]);
    }
}
