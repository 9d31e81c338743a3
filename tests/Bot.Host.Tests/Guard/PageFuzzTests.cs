using System.Text;
using Bot.Fuzzing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Guard;

// Laws of the pages' own posts and addresses: whatever stands in any field or after the question mark, the answer is none of the server's faults.
public sealed class PageFuzzTests
{
    private static readonly string[] Paths = ["/say", "/people", "/channels", "/clock", "/sample", "/messages/1/press", "/messages/1/dismiss", "/forms/x/send", "/forms/x/close", "/forms/x/draft"];
    private static readonly string[] Fields = ["pg.as", "pg.in", "pg.thread", "pg.pane", "pg.press", "text", "name", "zone", "to", "by", "f.name", "f.rating", "", "pg.as"];
    private static readonly string[] Queries = ["as", "in", "thread", "before", "form", "new", "v", ""];

    [Fact]
    public async Task Whatever_is_posted_or_asked_for_is_answered()
    {
        await using var host = new WholeHost();
        host.StartServer();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.ClientOptions.BaseAddress };
        http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        await Eventually.HoldsAsync("the playground has people", () => host.Store.AskAsync(db => db.People.AnyAsync()));
        var pairs = (string[] names) => Gen.ListOf(Gen.Zip(Gen.Elements(names), Fuzz.Text));

        Prop.ForAll(Gen.Elements(Paths).ToArbitrary(), pairs(Fields).ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (path, typed, whole) =>
        {
            var fields = typed.Select(f => KeyValuePair.Create(f.Item1, Whole(f.Item2))).ToList();
            using var content = new FormUrlEncodedContent(whole ? fields.Where(f => !f.Key.StartsWith("pg.", StringComparison.Ordinal)).Prepend(new("pg.as", "dana")).Prepend(new("pg.in", LivedWeek.Channel)) : fields);
            using var answer = http.PostAsync("/playground" + path, content).GetAwaiter().GetResult();
            return (int)answer.StatusCode < 500;
        }).Check(Fuzz.Config(100));
        Prop.ForAll(Gen.Elements("/playground", "/playground/events", "/playground/assets/x", "/", "/slack/install").ToArbitrary(), pairs(Queries).ToArbitrary(), (path, asked) =>
        {
            var query = string.Join('&', asked.Select(f => $"{f.Item1}={Uri.EscapeDataString(Whole(f.Item2))}"));
            using var answer = http.GetAsync($"{path}?{query[..Math.Min(query.Length, 6000)]}", HttpCompletionOption.ResponseHeadersRead).GetAwaiter().GetResult();
            return (int)answer.StatusCode < 500;
        }).Check(Fuzz.Config(60));
    }

    /// <summary>Half a character has no bytes of its own.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
