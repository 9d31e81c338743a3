using Bot.Chat;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Chat;

// In which zone times are said to me: unknown (the loop's, and the check-in says so), told by the platform, chosen by form and by word, misspelt, emptied again.
public sealed class ChooseTimeZoneTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task A_check_in_says_whose_zone_it_uses_where_the_readers_is_not_known_and_offers_to_change_it()
    {
        await _product.StartLoopAsync(people: ["ana", "root"]);
        await _product.MoveToAsync("2026-11-25T09:00:00Z");

        var (known, unknown) = (_product.Chat.To("dm-ana").Last(), _product.Chat.To("dm-root").Last());

        Assert.DoesNotContain("time zone", known.Shown);
        Assert.Contains("this is the loop's, Berlin", unknown.Shown);
        Assert.Contains("My time zone", unknown.Shown);
        Assert.IsType<Reply.OpenForm>(await _product.PressAsync("root", ChooseTimeZone.Action, "mine"));
    }

    [Fact]
    public async Task What_somebody_chose_stays_whatever_the_platform_says()
    {
        var form = await _product.OpenAsync("ana", ChooseTimeZone.Action, "mine");

        var saved = await _product.SendAsync("ana", form.Ref, new() { ["zone"] = "Asia/Kolkata" });
        await _product.HearAsync(new CommandTyped(_product.Next(), _product.Workspace, Product.Who("ana", "Europe/Berlin"), null, "help"));

        Assert.Contains("Mon 13:30 (Kolkata)", Shown(saved));
        Assert.Equal("Asia/Kolkata", await ZoneOfAsync("ana"));
    }

    [Fact]
    public async Task A_zone_can_be_typed_behind_the_word()
    {
        await _product.TypeAsync("ana", "timezone America/New_York", null);

        Assert.Equal("America/New_York", await ZoneOfAsync("ana"));
    }

    [Fact]
    public async Task A_misspelt_zone_is_refused_with_the_one_it_may_be_and_changes_nothing()
    {
        var form = await _product.OpenAsync("ana", ChooseTimeZone.Action, "mine");

        var sent = Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ana", form.Ref, new() { ["zone"] = "lisbon" }));
        var typed = await _product.TypeAsync("ana", "timezone lisbon", null);

        Assert.Equal("This is not a time zone. Did you mean Europe/Lisbon?", sent.Errors["zone"]);
        Assert.Contains("Did you mean Europe/Lisbon?", Shown(typed));
        Assert.Equal("Europe/Berlin", await ZoneOfAsync("ana"));
    }

    [Fact]
    public async Task An_empty_field_follows_the_platform_again()
    {
        await _product.TypeAsync("ana", "timezone Asia/Kolkata", null);
        await _product.SendAsync("ana", new ActionRef(ChooseTimeZone.FormName, "mine"), []);

        var until = await ZoneOfAsync("ana");
        await _product.HearAsync(new CommandTyped(_product.Next(), _product.Workspace, Product.Who("ana", "Europe/Lisbon"), null, "help"));

        Assert.Null(until);
        Assert.Equal("Europe/Lisbon", await ZoneOfAsync("ana"));
    }

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);

    private Task<string?> ZoneOfAsync(string who) => _product.UseAsync(db => db.People.Where(p => p.ExternalId == who).Select(p => p.TimeZone).SingleAsync());
}
