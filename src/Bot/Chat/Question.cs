using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Chat;

/// <summary>Tells how things are, changing and noting nothing. Whom and what it is given is shared with others who ask at the same moment.</summary>
public interface IQuestionHandler : ICommandHandler;

/// <summary>One question of somebody who is known, answered from one moment of the store. A question is not kept in the inbox: asked again it is answered again.</summary>
public sealed class Question(BotDb db, Moment moment, IServiceProvider services)
{
    /// <summary>Null where the platform says something new of who asks or where: that has to be noted first.</summary>
    public async Task<Reply?> AnswerAsync(CommandTyped typed, CommandWord word, string arguments, CancellationToken ct) =>
        await WhoAsksAsync(typed) is { } asked ? await ((IQuestionHandler)services.GetRequiredService(word.Handler)).HandleAsync(asked, arguments, ct) : null;

    private async Task<Asked?> WhoAsksAsync(CommandTyped typed)
    {
        if (typed.By is not { } by || await WorkspaceAsync(typed.Workspace) is not { } workspace || await PersonAsync(workspace.Id, by) is not { } person)
        {
            return null;
        }

        return typed.In is null or { Kind: ConversationKind.Personal } ? new Asked(workspace, person, null, null)
            : await ChannelAsync(workspace.Id, typed.In) is { } channel ? new Asked(workspace, person, channel, null) : null;
    }

    private async Task<Workspace?> WorkspaceAsync(WorkspaceRef named)
    {
        var (platform, id) = (named.Platform, named.Id);
        var known = await moment.OnceAsync((platform, id), ct => db.Workspaces.AsNoTracking().FirstOrDefaultAsync(w => w.Platform == platform && w.ExternalId == id, ct));
        return known is not null && (named.Name is null || named.Name == known.Name) ? known : null;
    }

    private async Task<Person?> PersonAsync(WorkspaceId workspace, ChatPerson named)
    {
        var id = named.Id;
        var known = await moment.OnceAsync((typeof(Person), workspace, id), ct => db.People.AsNoTracking().FirstOrDefaultAsync(p => p.WorkspaceId == workspace && p.ExternalId == id, ct));
        return known is { GoneAt: null } && (named.Name is null || named.Name == known.Name) && (named.IsAdmin is null || named.IsAdmin == known.IsAdmin)
            && (named.TimeZone is null || named.TimeZone == known.TimeZone) ? known : null;
    }

    private async Task<Channel?> ChannelAsync(WorkspaceId workspace, Conversation named)
    {
        var id = named.Id;
        var known = await moment.OnceAsync((typeof(Channel), workspace, id), ct => db.Channels.AsNoTracking().FirstOrDefaultAsync(c => c.WorkspaceId == workspace && c.ExternalId == id, ct));
        return known is not null && (named.Name is null || named.Name == known.Name) ? known : null;
    }
}
