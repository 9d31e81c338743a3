using System.Buffers.Text;
using System.Net;
using System.Text;
using Bot.Chat;
using Bot.Exports;
using Bot.Loops;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Tests.Links;

/// <summary>A link of an export: what it opens, for how long, and everything it does not open.</summary>
public sealed class ExportLinkTests
{
    [Theory]
    [InlineData(ExportFile.Weeks, "text/csv")]
    [InlineData(ExportFile.Texts, "text/csv")]
    [InlineData(ExportFile.All, "application/json")]
    public async Task A_link_gives_its_file_as_a_download_that_is_kept_nowhere(string file, string type)
    {
        await using var host = await LinkHost.StartAsync();
        var link = host.Links.Export(host.Loop.Id, await host.PersonAsync("ana"), file);

        using var answer = await host.Http.GetAsync(LinkHost.Local(link));

        Assert.StartsWith("https://pilot.example.org/afterpilot/exports/", link.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(("attachment", "churn---predictor-" + file), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_link_ends_after_an_hour_of_the_products_clock()
    {
        await using var host = await LinkHost.StartAsync();
        var link = LinkHost.Local(host.Links.Export(host.Loop.Id, await host.PersonAsync("ana"), ExportFile.Weeks));

        host.Clock.Now += TimeSpan.FromSeconds(3599);
        using var within = await host.Http.GetAsync(link);
        host.Clock.Now += TimeSpan.FromSeconds(1);
        using var after = await host.Http.GetAsync(link);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (within.StatusCode, after.StatusCode));
        Assert.Contains("/pilot export", await after.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_changed_token_opens_nothing_and_says_no_more_than_an_ended_one()
    {
        await using var host = await LinkHost.StartAsync();
        var link = LinkHost.Local(host.Links.Export(host.Loop.Id, await host.PersonAsync("ana"), ExportFile.Weeks));
        var token = link.Split('/')[2];
        var gone = await BodyAsync(host, "/exports/none/weeks.csv");

        foreach (var at in new[] { 0, token.Length / 2, token.Length - 5 })
        {
            var changed = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            Assert.Equal(gone, await BodyAsync(host, $"/exports/{changed}/weeks.csv"));
        }

        Assert.Equal(gone, await BodyAsync(host, $"/exports/{token[..^8]}/weeks.csv"));
        Assert.Equal(gone, await BodyAsync(host, "/exports/%20%ff/weeks.csv"));
    }

    /// <summary>Each byte of each kind of token turned in each of two ways, and each of its letters left out.</summary>
    [Fact]
    public async Task A_token_with_any_byte_changed_opens_nothing()
    {
        await using var host = await LinkHost.StartAsync();
        var ana = await host.PersonAsync("ana");
        foreach (var (link, kept) in new[]
        {
            (host.Links.Export(host.Loop.Id, ana, ExportFile.All), "/" + ExportFile.All), (host.Links.Import(host.Loop.Id, ana), ""), (host.Links.Report(host.Loop.WorkspaceId, host.Loop.InitiativeId), ""),
        })
        {
            var (kind, token) = (LinkHost.Local(link).Split('/')[1], LinkHost.Local(link).Split('/')[2]);
            var bytes = Base64Url.DecodeFromChars(token);
            using var good = await host.Http.GetAsync($"/{kind}/{token}{kept}");
            Assert.Equal(HttpStatusCode.OK, good.StatusCode);
            foreach (var changed in Enumerable.Range(0, bytes.Length).SelectMany(at => new[] { Turned(bytes, at, 0x01), Turned(bytes, at, 0x80) }).Concat(Enumerable.Range(0, token.Length).Select(at => token.Remove(at, 1))))
            {
                using var answer = await host.Http.GetAsync($"/{kind}/{changed}{kept}");
                Assert.Equal((changed, HttpStatusCode.NotFound), (changed, answer.StatusCode));
            }
        }
    }

    [Fact]
    public async Task A_link_followed_again_after_the_bot_was_removed_or_the_data_deleted_opens_nothing()
    {
        await using var host = await LinkHost.StartAsync();
        var ana = await host.PersonAsync("ana");
        var links = new[] { host.Links.Export(host.Loop.Id, ana, ExportFile.All), host.Links.Import(host.Loop.Id, ana), host.Links.Report(host.Loop.WorkspaceId, host.Loop.InitiativeId) }.Select(LinkHost.Local).ToList();
        Assert.All(await StatusesAsync(host, links), status => Assert.Equal(HttpStatusCode.OK, status));

        await host.UseAsync(db => db.Workspaces.ExecuteUpdateAsync(w => w.SetProperty(x => x.RemovedAt, host.Clock.Now)));
        var removed = await StatusesAsync(host, links);
        await host.UseAsync(db => db.Workspaces.ExecuteUpdateAsync(w => w.SetProperty(x => x.RemovedAt, (DateTimeOffset?)null)));
        await host.UseAsync(db => db.Loops.ExecuteDeleteAsync());
        await host.UseAsync(db => db.Initiatives.ExecuteDeleteAsync());
        var deleted = await StatusesAsync(host, links);

        Assert.All(removed.Concat(deleted), status => Assert.Equal(HttpStatusCode.NotFound, status));
    }

    [Fact]
    public async Task Any_text_in_the_place_of_a_token_opens_nothing()
    {
        await using var host = await LinkHost.StartAsync();
        string[] paths = ["/exports/{0}/all.json", "/imports/{0}", "/reports/{0}", "/reports/{0}/weeks.csv", "/exports/none/{0}"];

        Prop.ForAll(Gen.Elements(paths).ToArbitrary(), ArbMap.Default.ArbFor<NonEmptyString>(), (path, text) =>
        {
            using var answer = host.Http.GetAsync(string.Format(path, Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get))))).GetAwaiter().GetResult();
            return answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [Fact]
    public async Task A_token_opens_its_own_file_only()
    {
        await using var host = await LinkHost.StartAsync();
        var link = LinkHost.Local(host.Links.Export(host.Loop.Id, await host.PersonAsync("ana"), ExportFile.Weeks));
        var import = LinkHost.Local(host.Links.Import(host.Loop.Id, await host.PersonAsync("ana")));

        foreach (var path in new[] { link.Replace("weeks.csv", "texts.csv"), link.Replace("weeks.csv", "all.json"), link.Replace("weeks.csv", "other.csv"), import.Replace("imports", "exports") + "/weeks.csv", link.Replace("exports", "imports").Replace("/weeks.csv", "") })
        {
            using var answer = await host.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_person_of_another_workspace_or_without_rights_opens_nothing()
    {
        await using var host = await LinkHost.StartAsync();
        await host.AddWorkspaceAsync("other");
        var stranger = await host.PersonAsync("root", "other");

        foreach (var (by, expected) in new[] { (stranger, HttpStatusCode.NotFound), (await host.PersonAsync("ben"), HttpStatusCode.NotFound), (await host.PersonAsync("root"), HttpStatusCode.OK) })
        {
            using var answer = await host.Http.GetAsync(LinkHost.Local(host.Links.Export(host.Loop.Id, by, ExportFile.Weeks)));
            Assert.Equal(expected, answer.StatusCode);
        }

        using var unknown = await host.Http.GetAsync(LinkHost.Local(host.Links.Export(new LoopId(Guid.NewGuid()), stranger, ExportFile.Weeks)));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Rights_that_ended_end_the_link()
    {
        await using var host = await LinkHost.StartAsync();
        var (ana, ben) = (await host.PersonAsync("ana"), await host.PersonAsync("ben"));
        var link = LinkHost.Local(host.Links.Export(host.Loop.Id, ana, ExportFile.Weeks));
        await host.UseAsync(db => db.Initiatives.ExecuteUpdateAsync(i => i.SetProperty(x => x.OwnerId, ben)));

        using var answer = await host.Http.GetAsync(link);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_keys_lie_in_the_store()
    {
        await using var host = await LinkHost.StartAsync();
        host.Links.Import(host.Loop.Id, await host.PersonAsync("ana"));

        await host.UseAsync(async db => Assert.Contains("<key id=", Assert.Single(await db.DataKeys.ToListAsync()).Xml));
    }

    private static string Turned(byte[] token, int at, byte mask) => Base64Url.EncodeToString([.. token.Select((b, i) => i == at ? (byte)(b ^ mask) : b)]);

    private static async Task<List<HttpStatusCode>> StatusesAsync(LinkHost host, IEnumerable<string> links)
    {
        var statuses = new List<HttpStatusCode>();
        foreach (var link in links)
        {
            using var answer = await host.Http.GetAsync(link);
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }

    private static async Task<string> BodyAsync(LinkHost host, string path)
    {
        using var answer = await host.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
