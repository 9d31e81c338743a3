using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Guard;

// A host at its most talkative, in which people lived a week and followed every kind of link, writes down no permission, no key and nothing that anybody wrote.
[Collection(InALivedWeek.Name)]
public sealed partial class LogTests(LivedWeek week)
{
    [Fact]
    public async Task Links_that_were_followed_keys_that_were_used_and_texts_stay_out_of_the_log()
    {
        using var dana = week.Visit("dana");
        foreach (var words in new[] { "/pilot report", "/pilot export", "/pilot loop import" })
        {
            using var said = await dana.SayAsync(LivedWeek.Channel, words);
        }

        var links = await LinksAsync();
        Assert.Equal(["exports", "imports", "reports"], links.Select(link => link.Split('/')[1]).Distinct().Order());
        foreach (var link in links)
        {
            using var found = await dana.GetAsync(link);
            using var changed = await dana.GetAsync(link.Replace(link.Split('/')[2], link.Split('/')[2] + "x"));
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (found.StatusCode, changed.StatusCode));
        }

        var key = await KeyAsync(dana);
        // Written while the last request is answered, or a moment later.
        await Eventually.HoldsAsync("the log tells of the evidence", () => week.Log.Contains("evidence", StringComparison.OrdinalIgnoreCase));

        await week.Log.SaysNothingOfAsync(week.Store.Product, [key, .. links.Select(link => link.Split('/')[2])]);
    }

    private async Task<List<string>> LinksAsync()
    {
        var cards = await week.Store.AskPlaygroundAsync(db => db.Messages.Where(m => m.CardJson != null).Select(m => m.CardJson!).ToListAsync());
        return [.. cards.SelectMany(card => Link().Matches(card)).Select(m => m.Groups["path"].Value).Distinct()];
    }

    /// <summary>A key that was made, shown once, and used rightly and wrongly.</summary>
    private async Task<string> KeyAsync(Visitor dana)
    {
        using var said = await dana.SayAsync(LivedWeek.Channel, "/pilot evidence");
        var form = await dana.OpenAsync(LivedWeek.Channel, "evidence.key");
        using var made = await dana.SendAsync(form!, LivedWeek.Channel, ("label", "the nightly report of drift"));
        var key = Key().Match(Html.Words(await dana.PageAsync(LivedWeek.Channel))).Value;
        var initiative = await week.Store.AskAsync(db => db.Initiatives.Select(i => i.Id).FirstAsync());
        using var http = new HttpClient { BaseAddress = week.Address };
        foreach (var (secret, expected) in new[] { (key, HttpStatusCode.Accepted), (key + "x", HttpStatusCode.Unauthorized) })
        {
            using var report = new HttpRequestMessage(HttpMethod.Post, $"/evidence/{initiative}") { Content = JsonContent.Create(new { series = "tickets answered by people", value = 41, at = TimeProvider.System.GetUtcNow() }) };
            report.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            using var answer = await http.SendAsync(report);
            Assert.Equal(expected, answer.StatusCode);
        }

        return key;
    }

    [GeneratedRegex("http://localhost:5080(?<path>/(exports|imports|reports)/[A-Za-z0-9_-]{20,}[a-z./]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("ap_[A-Za-z0-9_-]{43}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
