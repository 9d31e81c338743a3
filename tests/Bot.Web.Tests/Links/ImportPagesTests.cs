using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Bot.Imports;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Tests.Links;

/// <summary>The upload as a browser without scripts goes through it, and what it refuses.</summary>
public sealed partial class ImportPagesTests
{
    private const string Good = "when,rating,<b>review</b>\n2026-11-03,4,\"<script>alert(1)</script>\"\n2026-11-04,5,fine\n";

    [Fact]
    public async Task A_file_is_looked_at_confirmed_and_imported()
    {
        await using var host = await LinkHost.StartAsync();
        var link = await LinkAsync(host);

        using var first = await host.Http.GetAsync(link);
        using var looked = await UploadAsync(host, link, Good);
        var page = await looked.Content.ReadAsStringAsync();
        using var done = await ConfirmAsync(host, link, page, new() { ["date"] = "when", ["performance"] = "rating", ["text"] = "<b>review</b>", ["person"] = "" });

        Assert.Contains("&lt;Churn &amp; predictor&gt;", await first.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        Assert.Contains("<option value=\"when\" selected", page);
        Assert.Contains("<option value=\"rating\" selected", page);
        Assert.Contains("<option value=\"&lt;b&gt;review&lt;/b&gt;\" selected", page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page);
        Assert.DoesNotContain("<script", page);
        Assert.Contains("2 answers in 1 week imported; 0 were there already.", await done.Content.ReadAsStringAsync());
        await host.UseAsync(async db => Assert.Equal(2, await db.Answers.CountAsync()));
    }

    [Fact]
    public async Task Bad_rows_are_shown_with_line_and_reason_and_can_be_left_out()
    {
        await using var host = await LinkHost.StartAsync();
        var link = await LinkAsync(host);
        using var looked = await UploadAsync(host, link, "date,rating\n2026-11-03,4\n<i>never</i>,5\n");
        var columns = new Dictionary<string, string> { ["date"] = "date", ["performance"] = "rating" };

        using var refused = await ConfirmAsync(host, link, await looked.Content.ReadAsStringAsync(), columns);
        var page = await refused.Content.ReadAsStringAsync();
        using var done = await ConfirmAsync(host, link, page, new(columns) { ["skip"] = "1" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("1 row cannot be imported, so nothing was.", page);
        Assert.Contains("<td class=\"number\">3</td>", page);
        Assert.Contains("&lt;i&gt;never&lt;/i&gt;", page);
        Assert.Contains("1 answer in 1 week imported; 0 were there already; 1 bad row left out.", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_column_that_was_not_chosen_is_told_at_its_field_and_the_others_stay()
    {
        await using var host = await LinkHost.StartAsync();
        var link = await LinkAsync(host);
        using var looked = await UploadAsync(host, link, Good);

        using var refused = await ConfirmAsync(host, link, await looked.Content.ReadAsStringAsync(), new() { ["date"] = "", ["performance"] = "rating" });
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("id=\"date-error\">Choose the column that holds the date.", page);
        Assert.Contains("<option value=\"rating\" selected", page);
    }

    [Theory]
    [InlineData("")]
    [InlineData("only one column\n1\n")]
    public async Task A_file_that_is_no_table_is_refused_at_the_field(string file)
    {
        await using var host = await LinkHost.StartAsync();

        using var answer = await UploadAsync(host, await LinkAsync(host), file);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("id=\"file-error\" role=\"alert\"", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, null)]
    public async Task Posts_from_elsewhere_are_refused(string? site, string? origin)
    {
        await using var host = await LinkHost.StartAsync();

        using var answer = await UploadAsync(host, await LinkAsync(host), Good, site, origin);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_post_from_the_public_address_in_front_of_a_proxy_is_taken()
    {
        await using var host = await LinkHost.StartAsync();

        using var answer = await UploadAsync(host, await LinkAsync(host), Good, null, "https://pilot.example.org");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_too_large_and_one_over_the_hosts_own_limit_is_not()
    {
        await using var host = await LinkHost.StartAsync();
        var link = await LinkAsync(host);

        using var large = await UploadAsync(host, link, "date,rating\n" + new string('\n', 2 * 1024 * 1024) + "2026-11-03,4\n");
        using var tooLarge = await UploadAsync(host, link, new string('x', AnswerFile.MaxBytes + 1));

        Assert.Equal(HttpStatusCode.OK, large.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Contains("larger than 50 MB", await tooLarge.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_upload_is_found_with_its_own_link_only()
    {
        await using var host = await LinkHost.StartAsync();
        using var looked = await UploadAsync(host, await LinkAsync(host), Good);
        var admins = LinkHost.Local(host.Links.Import(host.Loop.Id, await host.PersonAsync("root")));

        using var answer = await ConfirmAsync(host, admins, await looked.Content.ReadAsStringAsync(), new() { ["date"] = "when", ["performance"] = "rating" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Choose it again", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_ended_link_and_somebody_who_may_not_get_the_same_page_and_every_page_is_strict()
    {
        await using var host = await LinkHost.StartAsync();
        var (mine, bens) = (await LinkAsync(host), LinkHost.Local(host.Links.Import(host.Loop.Id, await host.PersonAsync("ben"))));

        using var shown = await host.Http.GetAsync(mine);
        host.Clock.Now += TimeSpan.FromHours(1);
        using var ended = await UploadAsync(host, mine, Good);
        using var forbidden = await host.Http.GetAsync(bens);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (ended.StatusCode, forbidden.StatusCode));
        Assert.Equal(await ended.Content.ReadAsStringAsync(), await forbidden.Content.ReadAsStringAsync());
        Assert.All([shown, ended, forbidden], answer =>
        {
            Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        });
    }

    [Fact]
    public async Task The_style_sheet_is_served_from_the_assembly()
    {
        await using var host = await LinkHost.StartAsync();

        using var sheet = await host.Http.GetAsync("/links/links.css");

        Assert.Equal("text/css", sheet.Content.Headers.ContentType!.MediaType);
    }

    private static async Task<string> LinkAsync(LinkHost host) => LinkHost.Local(host.Links.Import(host.Loop.Id, await host.PersonAsync("ana")));

    private static Task<HttpResponseMessage> UploadAsync(LinkHost host, string link, string file, string? site = "same-origin", string? origin = null) =>
        PostAsync(host, link, new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "answers.csv" } }, site, origin);

    private static Task<HttpResponseMessage> ConfirmAsync(LinkHost host, string link, string page, Dictionary<string, string> columns) =>
        PostAsync(host, link, new FormUrlEncodedContent(new Dictionary<string, string>(columns) { ["upload"] = UploadId().Match(page).Groups["id"].Value }), "same-origin", null);

    private static async Task<HttpResponseMessage> PostAsync(LinkHost host, string link, HttpContent content, string? site, string? origin)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, link) { Content = content };
        foreach (var (name, value) in new[] { ("Sec-Fetch-Site", site), ("Origin", origin) })
        {
            if (value is not null)
            {
                post.Headers.Add(name, value);
            }
        }

        return await host.Http.SendAsync(post);
    }

    [GeneratedRegex("name=\"upload\" value=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UploadId();
}
