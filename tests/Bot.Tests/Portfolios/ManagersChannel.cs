using Bot.Chat;
using Bot.Portfolios;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Portfolios;

/// <summary>A channel of managers, for tests of what is posted there.</summary>
internal static class ManagersChannel
{
    public const string Name = "channel-managers";

    /// <summary>Root, an admin, and Ben are in it; Ana and the others are not.</summary>
    public static Task<Reply> OpenManagersAsync(this Product product, string name = Name) =>
        product.HearAsync(new MembersChanged(product.Next(), product.Workspace, product.Place(name), [new ChatPerson("root"), new ChatPerson("ben")], []));

    public static Task<Portfolio?> PortfolioAsync(this Product product) => product.UseAsync(db => db.Portfolios.AsNoTracking().SingleOrDefaultAsync());

    public static string Shown(this Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);

    public static IEnumerable<Message> Digests(this Product product) => product.Chat.Posts.Where(p => p.Key.Contains("portfolio:", StringComparison.Ordinal));
}
