using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Chat;
using Bot.Slack.Install;
using Bot.Slack.Install.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Slack.Tests.Install;

// OAuth against somebody else's Slack (npm emulate): its consent page, its exchange of the code by HTTP Basic, and the token that it gave at work.
public sealed partial class EmulateTests
{
    [NodeFact]
    public async Task The_app_is_installed_by_a_browser_and_its_token_speaks()
    {
        using var emulate = Start();
        try
        {
            var api = new Uri($"http://127.0.0.1:{await PortAsync(emulate)}/api/");
            await using var adapter = await Adapter.StartAsync(options => options with { ApiUrl = api, ClientId = "111.222", ClientSecret = "fake-client-secret", PublicUrl = new Uri("http://localhost:5080") });
            using var begun = await adapter.Http.PostAsync("/slack/install", null);
            var consent = await adapter.Http.GetStringAsync(begun.Headers.Location);
            using var agreed = await adapter.Http.PostAsync(new Uri(api, "/oauth/v2/authorize/callback"), new FormUrlEncodedContent(Hidden().Matches(consent)
                .DistinctBy(field => field.Groups["name"].Value)
                .Select(field => KeyValuePair.Create(field.Groups["name"].Value, System.Net.WebUtility.HtmlDecode(field.Groups["value"].Value)))));
            using var back = new HttpRequestMessage(HttpMethod.Get, agreed.Headers.Location!.PathAndQuery);
            back.Headers.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

            using var page = await adapter.Http.SendAsync(back);

            Assert.Contains("Afterpilot is installed", await page.Content.ReadAsStringAsync());
            var added = adapter.Product.Single<BotAdded>();
            await using var db = await adapter.Get<IDbContextFactory<SlackDb>>().CreateDbContextAsync();
            var row = await db.Installations.SingleAsync();
            Assert.Equal((added.Workspace.Id, added.By!.Id), (row.Id, row.InstallerId));
            Assert.Equal(Scope.Joined, row.Scopes);
            var said = await adapter.Get<SlackPlatform>().PostAsync(added.Workspace, new Destination.ToPerson(row.InstallerId), Replies.Card("Welcome."), "key", CancellationToken.None);
            // It knows users.info by POST only, so the installer's name is not asked for.
            Assert.IsType<PostOutcome.Posted>(said);
        }
        finally
        {
            emulate.Kill(entireProcessTree: true);
        }
    }

    private static Process Start() => Process.Start(new ProcessStartInfo("node", [Path.Combine(NodeFactAttribute.Folder!, "emulate", "slack.mjs")])
    {
        UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = NodeFactAttribute.Folder!,
    })!;

    private static async Task<int> PortAsync(Process emulate)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await emulate.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("{\"listening\"", StringComparison.Ordinal))
            {
                return (int)JsonNode.Parse(line)!["listening"]!;
            }
        }

        throw new InvalidOperationException("The other Slack ended before it listened.");
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();
}
