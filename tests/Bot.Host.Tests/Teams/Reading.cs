using FakeTeams.Talk;

namespace Bot.Host.Tests.Teams;

/// <summary>What somebody reads in a conversation.</summary>
internal static class Reading
{
    extension(TeamsConversation conversation)
    {
        /// <summary>The newest message with these words in it, once there is one.</summary>
        public async Task<TeamsMessage> SeesAsync(TeamsUser reader, string words)
        {
            TeamsMessage? found = null;
            if (!await Eventually.BecomesAsync(() => Task.FromResult((found = conversation.Find(reader, words)) is not null), TimeSpan.FromSeconds(30)))
            {
                Assert.Fail($"{reader.Name} did not see '{words}' but:\n{string.Join("\n---\n", conversation.Messages.Select(message => message.WordsFor(reader)))}");
            }

            return found!;
        }

        public TeamsMessage? Find(TeamsUser reader, string words) =>
            conversation.Messages.LastOrDefault(message => !message.IsDeleted && (message.OnlyFor ?? reader.Id) == reader.Id && message.WordsFor(reader).Contains(words, StringComparison.Ordinal));
    }
}
